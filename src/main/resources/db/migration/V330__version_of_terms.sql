-- The version of the terms that purchases are judged by. A process remembers the terms that it has found, and looks them up
-- again once the version is another one. It is random, so that it never comes back: not on a standby that lacks the last
-- changes of a lost primary, nor after a restore.
CREATE TABLE terms_version (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    version  uuid NOT NULL
);
INSERT INTO terms_version (version) VALUES (gen_random_uuid());

-- Once in a transaction, which may change many rows. A rollback to a savepoint takes the setting back as well.
CREATE FUNCTION renew_terms_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('clicknback.terms_renewed_by', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        UPDATE terms_version SET version = gen_random_uuid() WHERE only_row;
        PERFORM set_config('clicknback.terms_renewed_by', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER merchants_renew_terms AFTER INSERT OR DELETE OR UPDATE OF id ON merchants
    FOR EACH STATEMENT EXECUTE FUNCTION renew_terms_version();
CREATE TRIGGER merchant_periods_renew_terms AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON merchant_periods
    FOR EACH STATEMENT EXECUTE FUNCTION renew_terms_version();
CREATE TRIGGER offer_periods_renew_terms AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON offer_periods
    FOR EACH STATEMENT EXECUTE FUNCTION renew_terms_version();
