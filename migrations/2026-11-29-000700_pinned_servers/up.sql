-- Servers that somebody wants at the top of their list.
CREATE TABLE pinned_guilds (
    user_id BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    pinned_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, guild_id)
);
