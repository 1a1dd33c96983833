-- Tables that grow with every purchase are looked at by autovacuum after a fiftieth of growth, not after a tenth or a fifth.
DO $$
DECLARE
    growing text;
BEGIN
    FOREACH growing IN ARRAY ARRAY['purchases', 'verification_batches', 'verifications', 'cashback_credits',
        'crediting_batches', 'ledger_transfers', 'wallets', 'cap_usage', 'event_log', 'audit_log'] LOOP
        EXECUTE format('ALTER TABLE %I SET (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.02,'
            ' autovacuum_analyze_threshold = 1000, autovacuum_analyze_scale_factor = 0.02)', growing);
    END LOOP;
END $$;

-- Gathers the statistics of tables that have grown tenfold since they were last gathered, and by a thousand rows at
-- least. Autovacuum would do it a minute later, or never where it is off; until then plans are those of a small table.
-- New statistics make sessions plan their statements again. The owner of the tables lends its right to do so.
CREATE FUNCTION renew_statistics() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, pg_temp SET lock_timeout = '100ms' AS $$
DECLARE
    grown regclass;
BEGIN
    IF NOT pg_try_advisory_xact_lock(1129465156, 8) THEN
        RETURN;
    END IF;
    FOR grown IN
        SELECT c.oid FROM pg_class c
        WHERE c.relkind = 'r' AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
          AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
          AND pg_stat_get_mod_since_analyze(c.oid) >= greatest(1000, 9 * c.reltuples)
    LOOP
        EXECUTE format('ANALYZE %s', grown);
    END LOOP;
END $$;
