-- What happens on the servers, as the bot tells it, and what the bot is told to do.

-- Commands to the bot. Each is a row of the change log first; this row is its outbox and its answer.
CREATE TABLE commands (
    -- commandId on the wire.
    id TEXT NOT NULL PRIMARY KEY,
    change_id TEXT NOT NULL,
    guild_id BIGINT NOT NULL,
    -- Who gave it; none: Guildhall itself.
    user_id BIGINT,
    -- The type on the wire.
    kind TEXT NOT NULL,
    -- The module it belongs to, by its key.
    subject TEXT NOT NULL,
    -- The id of what it is about: a giveaway, a ticket, a panel, a channel; and its name as people know it.
    about TEXT NOT NULL,
    label TEXT NOT NULL,
    -- The message, as it is sent.
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- Tries to send it, and after it was sent, looks for what the bot keeps of it.
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at BIGINT NOT NULL,
    leased_until BIGINT NOT NULL DEFAULT 0,
    sent_at BIGINT,
    -- A try ended without an answer: it may have been sent all the same.
    maybe_sent BOOLEAN NOT NULL DEFAULT FALSE,
    -- It was not sent in time, and never will be.
    expired BOOLEAN NOT NULL DEFAULT FALSE,
    answered_at BIGINT,
    ok BOOLEAN,
    error TEXT,
    channel_id BIGINT,
    message_id BIGINT,
    -- The command that this one says again, which may have happened.
    repeats_id TEXT,
    touched_at BIGINT NOT NULL
);
CREATE INDEX commands_by_guild ON commands (guild_id, id);
CREATE INDEX commands_by_what ON commands (guild_id, about, id);
CREATE INDEX commands_by_change ON commands (change_id);
CREATE INDEX commands_by_touched ON commands (guild_id, touched_at);
CREATE INDEX commands_by_person ON commands (user_id, created_at);
CREATE INDEX commands_open ON commands (next_attempt_at) WHERE answered_at IS NULL AND expired = FALSE;

CREATE TABLE giveaways (
    guild_id BIGINT NOT NULL,
    id TEXT NOT NULL,
    -- scheduled, running, ended, cancelled
    state TEXT NOT NULL,
    prize TEXT NOT NULL,
    prize_folded TEXT NOT NULL,
    channel_id BIGINT,
    message_id BIGINT,
    host_id BIGINT,
    host_name TEXT,
    winners INTEGER NOT NULL,
    entries BIGINT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    -- When it ended or was cancelled.
    closed_at BIGINT,
    reason TEXT,
    -- JSON lists of ids.
    winner_ids TEXT NOT NULL,
    earlier_winner_ids TEXT NOT NULL,
    -- JSON, as the dashboard made it; none: the bot made it.
    body TEXT,
    revision BIGINT NOT NULL,
    seq BIGINT,
    -- When the event came that last closed it (0, and closed: nobody said so, the bot's list lacked it), and when the
    -- bot last said that it is there (0: never).
    entry_ms BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    PRIMARY KEY (guild_id, id)
);
CREATE INDEX giveaways_by_end ON giveaways (guild_id, state, ends_at, id);
CREATE INDEX giveaways_by_touched ON giveaways (guild_id, touched_at);
CREATE INDEX giveaways_closed ON giveaways (closed_at);

CREATE TABLE tickets (
    guild_id BIGINT NOT NULL,
    id TEXT NOT NULL,
    -- open, claimed, closed, deleted
    state TEXT NOT NULL,
    number BIGINT,
    channel_id BIGINT,
    opener_id BIGINT,
    opener_name TEXT NOT NULL,
    opener_folded TEXT NOT NULL,
    category TEXT,
    opened_at BIGINT NOT NULL,
    claimed_by BIGINT,
    claimer_name TEXT,
    -- Of closed and deleted ones.
    closed_at BIGINT,
    closed_by BIGINT,
    reason TEXT,
    seq BIGINT,
    entry_ms BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    PRIMARY KEY (guild_id, id)
);
CREATE INDEX tickets_by_opening ON tickets (guild_id, state, opened_at, id);
-- Closed and deleted ones stand in one list.
CREATE INDEX tickets_by_closing ON tickets (guild_id, closed_at, id);
CREATE INDEX tickets_by_touched ON tickets (guild_id, touched_at);

CREATE TABLE transcripts (
    guild_id BIGINT NOT NULL,
    ticket_id TEXT NOT NULL,
    part INTEGER NOT NULL,
    parts INTEGER NOT NULL,
    -- How many messages, and they themselves as a JSON list.
    messages INTEGER NOT NULL,
    body TEXT NOT NULL,
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (guild_id, ticket_id, part)
);
CREATE INDEX transcripts_by_time ON transcripts (taken_at);

CREATE TABLE ratings (
    guild_id BIGINT NOT NULL,
    ticket_id TEXT NOT NULL,
    stars INTEGER NOT NULL,
    review TEXT,
    staff_id BIGINT,
    rater_id BIGINT,
    rated_at BIGINT NOT NULL,
    approved BOOLEAN NOT NULL DEFAULT FALSE,
    featured BOOLEAN NOT NULL DEFAULT FALSE,
    deleted BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (guild_id, ticket_id)
);
CREATE INDEX ratings_by_time ON ratings (guild_id, rated_at, ticket_id);
CREATE INDEX ratings_by_staff ON ratings (guild_id, deleted, staff_id, stars);

-- Rooms of TempVoice. A closed one stays a while, so that what comes late does not open it again.
CREATE TABLE rooms (
    guild_id BIGINT NOT NULL,
    channel_id BIGINT NOT NULL,
    owner_id BIGINT,
    name TEXT NOT NULL,
    user_limit INTEGER NOT NULL,
    locked BOOLEAN NOT NULL,
    members INTEGER,
    opened_at BIGINT NOT NULL,
    closed_at BIGINT,
    seq BIGINT,
    entry_ms BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    touched_at BIGINT NOT NULL,
    PRIMARY KEY (guild_id, channel_id)
);
CREATE INDEX rooms_by_opening ON rooms (guild_id, opened_at, channel_id) WHERE closed_at IS NULL;
CREATE INDEX rooms_closed ON rooms (closed_at);

-- What was played: the last fifty of each server. One that plays has no end.
CREATE TABLE tracks (
    id TEXT NOT NULL PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    requested_by BIGINT,
    seconds BIGINT,
    started_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX tracks_by_guild ON tracks (guild_id, started_at, id);

CREATE TABLE playlists (
    guild_id BIGINT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Unique among those that are there; of a deleted one, its id.
    name_key TEXT NOT NULL,
    shared BOOLEAN NOT NULL,
    owner_id BIGINT NOT NULL,
    owner_name TEXT NOT NULL,
    -- JSON list of tracks.
    tracks TEXT NOT NULL,
    -- What the list of playlists says of them: how many, how long those of known length are, how many are of none.
    track_count BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    untimed BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    -- The revision Redis has; lower: it is still to be sent.
    sent_revision BIGINT NOT NULL DEFAULT 0,
    -- The count of that write in Redis.
    sent_n BIGINT NOT NULL DEFAULT 0,
    deleted BOOLEAN NOT NULL DEFAULT FALSE,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (guild_id, id),
    UNIQUE (guild_id, name_key)
);
CREATE INDEX playlists_unsent ON playlists (guild_id, id) WHERE sent_revision < revision;
CREATE INDEX playlists_by_count ON playlists (sent_n);

CREATE TABLE panels (
    guild_id BIGINT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Unique among those that are there; of a deleted one, its id.
    name_key TEXT NOT NULL,
    -- JSON: the panel with its categories and their questions.
    body TEXT NOT NULL,
    revision BIGINT NOT NULL,
    -- The revision Redis has; lower: it is still to be sent.
    sent_revision BIGINT NOT NULL DEFAULT 0,
    -- The count of that write in Redis.
    sent_n BIGINT NOT NULL DEFAULT 0,
    deleted BOOLEAN NOT NULL DEFAULT FALSE,
    -- Where the bot has posted it.
    channel_id BIGINT,
    message_id BIGINT,
    posted_revision BIGINT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (guild_id, id),
    UNIQUE (guild_id, name_key)
);
CREATE INDEX panels_unsent ON panels (guild_id, id) WHERE sent_revision < revision;
CREATE INDEX panels_by_count ON panels (sent_n);

-- A panel that is being made or changed, page by page, and not saved yet: for a day.
CREATE TABLE panel_drafts (
    user_id BIGINT NOT NULL,
    guild_id BIGINT NOT NULL,
    panel_id TEXT NOT NULL,
    body TEXT NOT NULL,
    -- The revision it began with; 0: a new one.
    revision BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, guild_id, panel_id)
);

-- What the bot did and saw, for the feed: thirty days.
CREATE TABLE activities (
    -- A UUIDv7, so that the order of ids is the order of time, as in the change log.
    id TEXT NOT NULL PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    -- JSON: what its words need.
    body TEXT NOT NULL,
    happened_at BIGINT NOT NULL
);
CREATE INDEX activities_by_guild ON activities (guild_id, id);
CREATE INDEX activities_by_time ON activities (happened_at);

-- What a person has chosen for all servers.
CREATE TABLE preferences (
    user_id BIGINT NOT NULL PRIMARY KEY,
    -- IANA name; none: not chosen, UTC.
    time_zone TEXT,
    -- system, light, dark
    theme TEXT NOT NULL,
    language TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- When the bot last said all that is open on a server, and when it was last asked to.
CREATE TABLE confirmations (
    guild_id BIGINT NOT NULL PRIMARY KEY,
    confirmed_at BIGINT NOT NULL,
    asked_at BIGINT NOT NULL
);
