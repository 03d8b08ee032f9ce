-- Settings on their way from a file or another server, between the preview and the yes: one a person and server.
CREATE TABLE carried_settings (
    user_id BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    -- Named by the preview, so that a yes to an older one is known.
    id TEXT NOT NULL,
    -- The server they are copied from; none: a file.
    source_id BIGINT,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, guild_id)
);
CREATE INDEX carried_settings_by_time ON carried_settings (created_at);

-- When somebody exported, imported or copied: five in ten minutes, however many instances there are.
CREATE TABLE carryings (
    id TEXT NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    carried_at BIGINT NOT NULL
);
CREATE INDEX carryings_by_user ON carryings (user_id, carried_at);
