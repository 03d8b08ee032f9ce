-- The end that the change log has an entry of. With another end there is none yet.
ALTER TABLE grants ADD COLUMN noted_end BIGINT;
