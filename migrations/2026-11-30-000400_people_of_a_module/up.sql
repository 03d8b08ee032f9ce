-- Who has changed something of one module: staff of some modules choose among these people alone.
CREATE INDEX changes_of_people ON changes (guild_id, subject, actor_id, id);
