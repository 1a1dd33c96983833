-- A wallet is locked before anything else of its user. One made only when first needed would be made by a transaction that
-- already holds others, out of the order of user ids: two such transactions could wait for each other.
CREATE FUNCTION open_wallets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO wallets (user_id) SELECT id FROM added;
    RETURN NULL;
END $$;

CREATE TRIGGER users_have_wallets AFTER INSERT ON users
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION open_wallets();

INSERT INTO wallets (user_id) SELECT id FROM users ON CONFLICT DO NOTHING;

-- A user about whom nothing is on record can be deleted, and the empty wallet goes along.
ALTER TABLE wallets
    DROP CONSTRAINT wallets_user_id_fkey,
    ADD CONSTRAINT wallets_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;
