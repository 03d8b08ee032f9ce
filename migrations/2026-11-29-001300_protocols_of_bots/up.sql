-- Which protocol a process of the bot says it speaks: what it can be told to do depends on it.
ALTER TABLE bots ADD COLUMN protocol BIGINT NOT NULL DEFAULT 1;
