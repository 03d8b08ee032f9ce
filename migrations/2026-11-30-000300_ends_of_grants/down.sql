ALTER TABLE grants DROP COLUMN noted_end;
