-- A migration may take long, and must last as anything else does, whatever the role says.
SET synchronous_commit = on;
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET idle_session_timeout = 0;
-- Servers before PostgreSQL 17 do not know it.
SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout';
