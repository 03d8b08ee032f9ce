-- The account that Guildhall serves with: it reads and writes rows, and can make, change and drop no table.
--
-- First make it, with a password of your own:
--     CREATE ROLE guildhall_serve LOGIN PASSWORD '...';
-- Then run this file as the account that owns the tables, after `guildhall migrate`:
--     psql postgres://OWNER@HOST/DATABASE -f postgres-account.sql

GRANT USAGE ON SCHEMA public TO guildhall_serve;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO guildhall_serve;

-- Which migrations there were it only reads.
REVOKE INSERT, UPDATE, DELETE ON __diesel_schema_migrations FROM guildhall_serve;

-- What later versions make, as long as the same account makes it.
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO guildhall_serve;

-- Before PostgreSQL 15 everybody may make tables.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
