DROP INDEX changes_of_people;
