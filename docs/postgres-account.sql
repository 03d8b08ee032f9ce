-- The account that Guildhall serves with: it reads and writes rows, and can make, change and drop no table.
--
-- First make it, with a password of your own:
--     CREATE ROLE guildhall_serve LOGIN PASSWORD '...';
-- Then run this file after `guildhall migrate`, as a superuser: up to PostgreSQL 14, and in clusters that come from
-- there, the schema `public` belongs to one. `owner` is the account that owns Guildhall's tables:
--     psql postgres://SUPERUSER@HOST/DATABASE -v owner=OWNER -f postgres-account.sql
-- The database should be Guildhall's alone: what is said of PUBLIC holds for every account.

\set ON_ERROR_STOP on

GRANT USAGE ON SCHEMA public TO guildhall_serve;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO guildhall_serve;

-- Which migrations there were it only reads.
REVOKE INSERT, UPDATE, DELETE ON __diesel_schema_migrations FROM guildhall_serve;

-- What later versions make, as long as the same account makes it.
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO guildhall_serve;

-- Before PostgreSQL 15 everybody may make tables, and temporary ones in every version. The owner has to, and might have
-- that from nowhere else.
GRANT USAGE, CREATE ON SCHEMA public TO :"owner";
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE TEMPORARY ON DATABASE :"DBNAME" FROM PUBLIC;

-- What one may not revoke is only warned of.
DO $$
BEGIN
    IF has_schema_privilege('guildhall_serve', 'public', 'CREATE')
        OR has_database_privilege('guildhall_serve', current_database(), 'CREATE, TEMPORARY')
    THEN
        RAISE EXCEPTION 'guildhall_serve can still make tables: run this file as a superuser';
    END IF;
END
$$;
