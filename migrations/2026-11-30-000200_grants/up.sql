-- What managers have given to roles and people that manage nothing themselves: of one module, or of all.
-- One row a holder and module: giving it again changes it.
CREATE TABLE grants (
    id TEXT NOT NULL PRIMARY KEY,
    guild_id BIGINT NOT NULL,
    holder_kind TEXT NOT NULL,
    holder_id BIGINT NOT NULL,
    holder_name TEXT NOT NULL,
    module TEXT NOT NULL,
    level TEXT NOT NULL,
    acts BOOLEAN NOT NULL,
    ends_at BIGINT,
    given_at BIGINT NOT NULL,
    given_by BIGINT NOT NULL,
    given_by_name TEXT NOT NULL,
    UNIQUE (guild_id, holder_kind, holder_id, module)
);
