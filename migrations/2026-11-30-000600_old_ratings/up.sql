-- The oldest of all servers: ratings that outlived their tickets are found without reading the others.
CREATE INDEX ratings_by_age ON ratings (rated_at, guild_id, ticket_id);
