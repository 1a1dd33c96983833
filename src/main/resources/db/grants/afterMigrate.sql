-- The service's role reads and writes rows. It owns nothing: it can change no table, and no trigger that keeps the
-- journal, the event log and the audit log append-only.
GRANT USAGE ON SCHEMA public TO ${service_role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${service_role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${service_role};
REVOKE INSERT, UPDATE, DELETE ON flyway_schema_history FROM ${service_role};
