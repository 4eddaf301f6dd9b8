-- The role that the web and its worker use: it owns the database and nothing else, and is no
-- superuser. Run before every start; also takes over what a former version's role owned.
\set ON_ERROR_STOP on
\set web_password `cat "${KEYS_DIR:-/run/keys}/web_password"`
SELECT 'CREATE ROLE web LOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'web') \gexec
ALTER ROLE web NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD :'web_password';
GRANT pg_read_all_stats TO web;  -- so that `manage.py doctor` sees whether the replica follows
ALTER DATABASE dashboard OWNER TO web;
REVOKE ALL ON DATABASE dashboard FROM PUBLIC;
SELECT format('ALTER %s %I.%I OWNER TO web',
              CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END,
              nspname, relname)
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname = 'public' AND relowner <> 'web'::regrole
  AND (relkind IN ('r', 'p', 'v')
       OR relkind = 'S' AND NOT EXISTS (  -- a column's own sequence goes with its table
           SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype IN ('a', 'i'))) \gexec
-- What staff did is written and read by the application, and by nobody changed.
SELECT 'REVOKE UPDATE, DELETE, TRUNCATE ON inspections_auditentry FROM web'
WHERE to_regclass('public.inspections_auditentry') IS NOT NULL \gexec
