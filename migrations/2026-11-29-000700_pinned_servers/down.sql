DROP TABLE pinned_guilds;
