DROP INDEX ratings_by_age;
