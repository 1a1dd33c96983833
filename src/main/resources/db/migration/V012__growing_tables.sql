-- The tables that grow with every purchase check what they refer to once for each statement instead of once for each
-- row: a batch of purchases costs some look-ups by index, and locks no row of a busy merchant. Whoever deletes what
-- may be referred to waits for the writers of those tables and is refused if a reference has come to be, so that
-- neither side can slip past the other.

CREATE FUNCTION refuse_missing(what text, constraint_name text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE foreign_key_violation USING MESSAGE = format('%s does not exist', what), CONSTRAINT = constraint_name;
END $$;

-- Few merchants, offers and partners serve many purchases. The look-ups are by index whatever the planner believes
-- about a table: the plans live as long as their session, which may have begun with empty tables.
CREATE FUNCTION purchases_require_references() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM added a WHERE (SELECT true FROM users WHERE id = a.user_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a user', 'purchases_user_id_fkey'); END IF;
    PERFORM FROM (SELECT DISTINCT merchant_id FROM added) a
        WHERE (SELECT true FROM merchants WHERE id = a.merchant_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a merchant', 'purchases_merchant_id_fkey'); END IF;
    PERFORM FROM (SELECT DISTINCT offer_id FROM added) a
        WHERE a.offer_id IS NOT NULL AND (SELECT true FROM offers WHERE id = a.offer_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('an offer', 'purchases_offer_id_fkey'); END IF;
    PERFORM FROM (SELECT DISTINCT partner_id FROM added) a
        WHERE a.partner_id IS NOT NULL AND (SELECT true FROM partners WHERE id = a.partner_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a partner', 'purchases_partner_id_fkey'); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION verifications_require_references() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM added a WHERE (SELECT true FROM purchases WHERE id = a.purchase_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a purchase', 'verifications_purchase_id_fkey'); END IF;
    RETURN NULL;
END $$;

-- A credit or a transfer of a purchase belongs to the purchase's user; comparing that finds a missing purchase too.
CREATE FUNCTION cashback_credits_require_references() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM added a WHERE (SELECT user_id FROM purchases WHERE id = a.purchase_id) IS DISTINCT FROM a.user_id;
    IF FOUND THEN PERFORM refuse_missing('a purchase of the user', 'cashback_credits_purchase_id_fkey'); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION ledger_transfers_require_references() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM added a
        WHERE a.purchase_id IS NOT NULL
        AND (SELECT user_id FROM purchases WHERE id = a.purchase_id) IS DISTINCT FROM a.user_id;
    IF FOUND THEN PERFORM refuse_missing('a purchase of the user', 'ledger_transfers_purchase_id_fkey'); END IF;
    PERFORM FROM added a
        WHERE a.purchase_id IS NULL AND (SELECT true FROM users WHERE id = a.user_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a user', 'ledger_transfers_user_id_fkey'); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION cap_usage_require_references() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM added a WHERE (SELECT true FROM users WHERE id = a.user_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a user', 'cap_usage_user_id_fkey'); END IF;
    PERFORM FROM (SELECT DISTINCT offer_id FROM added) a
        WHERE (SELECT true FROM offers WHERE id = a.offer_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('an offer', 'cap_usage_offer_id_fkey'); END IF;
    RETURN NULL;
END $$;

-- Arguments: pairs of a table and its column that refers to this one.
CREATE FUNCTION refuse_orphans() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    referred boolean;
BEGIN
    FOR i IN 0 .. TG_NARGS / 2 - 1 LOOP
        EXECUTE format('LOCK TABLE %I IN SHARE ROW EXCLUSIVE MODE', TG_ARGV[2 * i]);
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I = $1)', TG_ARGV[2 * i], TG_ARGV[2 * i + 1])
            INTO referred USING OLD.id;
        IF referred THEN
            RAISE foreign_key_violation USING
                MESSAGE = format('%s %s is referred to by %s', TG_TABLE_NAME, OLD.id, TG_ARGV[2 * i]),
                CONSTRAINT = TG_ARGV[2 * i] || '_' || TG_ARGV[2 * i + 1] || '_fkey';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

ALTER TABLE purchases
    DROP CONSTRAINT purchases_user_id_fkey,
    DROP CONSTRAINT purchases_merchant_id_fkey,
    DROP CONSTRAINT purchases_offer_id_fkey,
    DROP CONSTRAINT purchases_partner_id_fkey;
ALTER TABLE verifications DROP CONSTRAINT verifications_purchase_id_fkey;
ALTER TABLE cashback_credits DROP CONSTRAINT cashback_credits_purchase_id_fkey;
ALTER TABLE ledger_transfers
    DROP CONSTRAINT ledger_transfers_user_id_fkey,
    DROP CONSTRAINT ledger_transfers_purchase_id_fkey;
ALTER TABLE cap_usage
    DROP CONSTRAINT cap_usage_user_id_fkey,
    DROP CONSTRAINT cap_usage_offer_id_fkey;

CREATE TRIGGER purchases_references AFTER INSERT ON purchases
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION purchases_require_references();
CREATE TRIGGER verifications_references AFTER INSERT ON verifications
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION verifications_require_references();
CREATE TRIGGER cashback_credits_references AFTER INSERT ON cashback_credits
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION cashback_credits_require_references();
CREATE TRIGGER ledger_transfers_references AFTER INSERT ON ledger_transfers
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_transfers_require_references();
CREATE TRIGGER cap_usage_references AFTER INSERT ON cap_usage
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION cap_usage_require_references();

CREATE FUNCTION keep_references() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps its references', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

-- What a row refers to never changes; cashback_credits and ledger_transfers do not change at all.
CREATE TRIGGER purchases_references_fixed
    BEFORE UPDATE OF user_id, merchant_id, offer_id, partner_id ON purchases
    FOR EACH STATEMENT EXECUTE FUNCTION keep_references();
CREATE TRIGGER verifications_references_fixed BEFORE UPDATE OF purchase_id ON verifications
    FOR EACH STATEMENT EXECUTE FUNCTION keep_references();
CREATE TRIGGER cap_usage_references_fixed BEFORE UPDATE OF user_id, offer_id ON cap_usage
    FOR EACH STATEMENT EXECUTE FUNCTION keep_references();

CREATE TRIGGER users_referred_to BEFORE DELETE OR UPDATE OF id ON users
    FOR EACH ROW EXECUTE FUNCTION refuse_orphans(
        'purchases', 'user_id', 'ledger_transfers', 'user_id', 'cap_usage', 'user_id');
CREATE TRIGGER merchants_referred_to BEFORE DELETE OR UPDATE OF id ON merchants
    FOR EACH ROW EXECUTE FUNCTION refuse_orphans('purchases', 'merchant_id');
CREATE TRIGGER offers_referred_to BEFORE DELETE OR UPDATE OF id ON offers
    FOR EACH ROW EXECUTE FUNCTION refuse_orphans('purchases', 'offer_id', 'cap_usage', 'offer_id');
CREATE TRIGGER partners_referred_to BEFORE DELETE OR UPDATE OF id ON partners
    FOR EACH ROW EXECUTE FUNCTION refuse_orphans('purchases', 'partner_id');
CREATE TRIGGER purchases_referred_to BEFORE DELETE OR UPDATE OF id ON purchases
    FOR EACH ROW EXECUTE FUNCTION refuse_orphans(
        'verifications', 'purchase_id', 'cashback_credits', 'purchase_id', 'ledger_transfers', 'purchase_id');

CREATE TRIGGER users_kept BEFORE TRUNCATE ON users FOR EACH STATEMENT EXECUTE FUNCTION keep_references();
CREATE TRIGGER merchants_kept BEFORE TRUNCATE ON merchants FOR EACH STATEMENT EXECUTE FUNCTION keep_references();
CREATE TRIGGER offers_kept BEFORE TRUNCATE ON offers FOR EACH STATEMENT EXECUTE FUNCTION keep_references();
CREATE TRIGGER partners_kept BEFORE TRUNCATE ON partners FOR EACH STATEMENT EXECUTE FUNCTION keep_references();
CREATE TRIGGER purchases_kept BEFORE TRUNCATE ON purchases FOR EACH STATEMENT EXECUTE FUNCTION keep_references();

-- Ascending, so that what is newest goes to the right edge, which is where PostgreSQL inserts fastest and splits pages
-- without leaving them half empty; lists read them backwards.
DROP INDEX purchases_newest;
DROP INDEX purchases_of_user;
DROP INDEX purchases_of_merchant;
DROP INDEX ledger_transfers_of_user;
CREATE INDEX purchases_newest ON purchases (created_at, id);
CREATE INDEX purchases_of_user ON purchases (user_id, created_at, id);
CREATE INDEX purchases_of_merchant ON purchases (merchant_id, created_at, id);
CREATE INDEX ledger_transfers_of_user ON ledger_transfers (user_id, created_at, id);
