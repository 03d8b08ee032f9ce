-- One set of migrations for SQLite and PostgreSQL: BIGINT ids and unix milliseconds, TEXT, BOOLEAN, INTEGER.

-- Who we are on a Redis that several may share; the row is written by the first start.
CREATE TABLE deployment (
    singleton INTEGER NOT NULL PRIMARY KEY,
    database_id TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE users (
    id BIGINT NOT NULL PRIMARY KEY,
    username TEXT NOT NULL,
    global_name TEXT,
    avatar TEXT,
    last_guild_id BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- Only the hash of a session's key is kept; state is actix-session's map as JSON.
CREATE TABLE sessions (
    key_hash TEXT NOT NULL PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    user_id BIGINT,
    state TEXT NOT NULL,
    user_agent TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id, seen_at);
CREATE INDEX sessions_by_seen ON sessions (seen_at);

-- Discord's tokens, encrypted. version and lease: one refresh at a time, whatever the number of instances.
CREATE TABLE discord_tokens (
    user_id BIGINT NOT NULL PRIMARY KEY,
    access_token TEXT NOT NULL,
    refresh_token TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    leased_until BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE used_login_states (
    state_hash TEXT NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

-- Guilds that have settings or were opened: their name as last seen, and since when the bot is gone.
CREATE TABLE guilds (
    id BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    icon TEXT,
    seen_at BIGINT NOT NULL,
    left_at BIGINT
);

CREATE TABLE settings (
    guild_id BIGINT NOT NULL,
    module TEXT NOT NULL,
    body TEXT NOT NULL,
    shape INTEGER NOT NULL,
    revision BIGINT NOT NULL,
    saves INTEGER NOT NULL,
    enabled BOOLEAN NOT NULL,
    is_default BOOLEAN NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (guild_id, module)
);

-- The change log and the outbox in one: what was changed, by whom, and how far it has come.
CREATE TABLE changes (
    id TEXT NOT NULL PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    revision BIGINT,
    number INTEGER NOT NULL,
    action TEXT NOT NULL,
    shape INTEGER NOT NULL,
    batch_id TEXT,
    restores_id TEXT,
    before_body TEXT,
    after_body TEXT,
    changed TEXT NOT NULL,
    names TEXT NOT NULL,
    actor_id BIGINT,
    actor_name TEXT NOT NULL,
    actor_avatar TEXT,
    created_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL DEFAULT 0,
    leased_by TEXT,
    published_at BIGINT,
    published_n BIGINT,
    superseded BOOLEAN NOT NULL DEFAULT FALSE,
    applied_at BIGINT,
    applied_by TEXT,
    rejected_reason TEXT,
    UNIQUE (guild_id, subject, revision)
);
CREATE INDEX changes_by_guild ON changes (guild_id, id);
CREATE INDEX changes_unsent ON changes (next_attempt_at) WHERE published_at IS NULL AND superseded = FALSE;
CREATE INDEX changes_by_published_n ON changes (published_n);

-- What was typed when a session had ended: one per person, guild and module, for an hour.
CREATE TABLE drafts (
    user_id BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    module TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, guild_id, module)
);

-- Who of several instances does a piece of work; saves work, is no lock.
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until BIGINT NOT NULL
);
