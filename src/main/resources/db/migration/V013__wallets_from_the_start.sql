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
