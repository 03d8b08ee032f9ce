DROP TABLE put_aside_events;
DROP TABLE taken_events;
DROP TABLE bots;
DROP INDEX changes_by_touched;
ALTER TABLE changes DROP COLUMN applied_shard;
ALTER TABLE changes DROP COLUMN answered_redis_ms;
ALTER TABLE changes DROP COLUMN published_redis_ms;
ALTER TABLE changes DROP COLUMN touched_at;
