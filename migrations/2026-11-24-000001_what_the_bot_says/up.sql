-- How far a change has come, as the bot tells it; and which bots have told anything.

-- When the row last changed its state: what an open page has missed is asked by it.
ALTER TABLE changes ADD COLUMN touched_at BIGINT NOT NULL DEFAULT 0;
-- Both by the clock of Redis, so that their difference means something.
ALTER TABLE changes ADD COLUMN published_redis_ms BIGINT;
ALTER TABLE changes ADD COLUMN answered_redis_ms BIGINT;
ALTER TABLE changes ADD COLUMN applied_shard BIGINT;
CREATE INDEX changes_by_touched ON changes (guild_id, touched_at);

-- The bot's processes, as they last reported.
CREATE TABLE bots (
    bot_id TEXT NOT NULL PRIMARY KEY,
    shard_count BIGINT NOT NULL,
    -- A JSON list of numbers.
    shards TEXT NOT NULL,
    guilds BIGINT NOT NULL,
    version TEXT NOT NULL,
    acks BOOLEAN NOT NULL,
    first_seen_at BIGINT NOT NULL,
    -- 0: it has never beaten, but it has answered a change.
    beat_at BIGINT NOT NULL
);

-- Events taken within the last seven days: a repeat is known by its id.
CREATE TABLE taken_events (
    id TEXT NOT NULL PRIMARY KEY,
    taken_at BIGINT NOT NULL
);
CREATE INDEX taken_events_by_time ON taken_events (taken_at);

-- Entries of the bot's stream that could not be taken five times.
CREATE TABLE put_aside_events (
    entry_id TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL,
    cause TEXT NOT NULL,
    put_aside_at BIGINT NOT NULL
);
