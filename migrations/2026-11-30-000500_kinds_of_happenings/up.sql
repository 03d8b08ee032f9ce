-- The latest of some kinds: what staff of a quiet module see is found however much happens in the others.
CREATE INDEX activities_by_kind ON activities (guild_id, kind, id);
