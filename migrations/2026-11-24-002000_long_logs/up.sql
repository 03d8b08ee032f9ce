-- A log of a hundred thousand changes costs a page as much as one of a hundred: each filter of the list has its index,
-- and each of them gives the changes in the order of the list.
CREATE INDEX changes_by_subject ON changes (guild_id, subject, id);
CREATE INDEX changes_by_action ON changes (guild_id, action, id);
CREATE INDEX changes_by_actor ON changes (guild_id, actor_id, id);
CREATE INDEX changes_by_nobody ON changes (guild_id, actor_name, id) WHERE actor_id IS NULL;
CREATE INDEX changes_beside_settings ON changes (guild_id, kind, id) WHERE kind <> 'settings';
CREATE INDEX changes_beside_by_subject ON changes (guild_id, kind, subject, id) WHERE kind <> 'settings';
CREATE INDEX changes_restoring ON changes (guild_id, id) WHERE restores_id IS NOT NULL;

-- How far a change of settings has come: each is in one of these.
CREATE INDEX changes_waiting ON changes (guild_id, id)
    WHERE revision IS NOT NULL AND applied_at IS NULL AND superseded = FALSE AND published_at IS NULL;
CREATE INDEX changes_sent ON changes (guild_id, id)
    WHERE revision IS NOT NULL AND applied_at IS NULL AND superseded = FALSE AND published_at IS NOT NULL;
CREATE INDEX changes_live ON changes (guild_id, id)
    WHERE revision IS NOT NULL AND applied_at IS NOT NULL AND rejected_reason IS NULL;
CREATE INDEX changes_refused ON changes (guild_id, id)
    WHERE revision IS NOT NULL AND applied_at IS NOT NULL AND rejected_reason IS NOT NULL;
CREATE INDEX changes_replaced ON changes (guild_id, id)
    WHERE revision IS NOT NULL AND applied_at IS NULL AND superseded = TRUE;

-- What stands around one change.
CREATE INDEX changes_by_restored ON changes (guild_id, restores_id, id) WHERE restores_id IS NOT NULL;
CREATE INDEX changes_by_batch ON changes (guild_id, batch_id, id) WHERE batch_id IS NOT NULL;

-- What is old enough to go.
CREATE INDEX changes_by_time ON changes (created_at, id);

-- The outbox is looked at once a second: what is no change of settings must not be in its way.
DROP INDEX changes_unsent;
CREATE INDEX changes_unsent ON changes (next_attempt_at)
    WHERE published_at IS NULL AND superseded = FALSE AND kind = 'settings';

-- What was saved in one step: from a file, or copied from another server.
CREATE TABLE batches (
    guild_id BIGINT NOT NULL,
    id TEXT NOT NULL,
    copied BOOLEAN NOT NULL,
    PRIMARY KEY (guild_id, id)
);
