-- An account whose personal data were erased. Its row stays, without a name, as the owner of its books.
ALTER TABLE users
    ADD COLUMN erased_at timestamptz,
    ADD CONSTRAINT users_erased_are_inactive CHECK (erased_at IS NULL OR NOT active);

-- An erasure takes the destinations of payouts that have ended.
ALTER TABLE payouts
    ALTER destination DROP NOT NULL,
    ALTER key_id DROP NOT NULL,
    ADD CONSTRAINT payouts_destination_with_key CHECK ((destination IS NULL) = (key_id IS NULL)),
    ADD CONSTRAINT payouts_destination_until_the_end CHECK (
        destination IS NOT NULL OR status IN ('completed', 'failed'));

-- A request that was admitted before an erasure may come to its insert afterwards. Both hold the wallet of the user, so
-- this query sees an erasure that came first.
CREATE FUNCTION payouts_refuse_erased() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM users WHERE id = NEW.user_id AND erased_at IS NOT NULL;
    IF FOUND THEN
        RAISE check_violation USING MESSAGE = 'the account was erased', CONSTRAINT = 'payouts_of_erased_account';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payouts_not_of_erased BEFORE INSERT ON payouts
    FOR EACH ROW EXECUTE FUNCTION payouts_refuse_erased();

-- An erasure asks whether cashback of the user is still to be credited.
CREATE INDEX crediting_setbacks_of_user ON crediting_setbacks (user_id);
-- Lists the flags of one user or merchant; an erasure clears their descriptions.
CREATE INDEX feature_flags_of_scope ON feature_flags (scope_id) WHERE scope_id IS NOT NULL;
