-- The purchases whose sender named the order: one that a partner reports and its user submits as well is one purchase.
-- Rows of other purchases would only make ingestion slower, so this is a table of its own.
CREATE TABLE purchase_orders (
    purchase_id           uuid PRIMARY KEY REFERENCES purchases (id),
    order_ref             text COLLATE "C" NOT NULL CHECK (char_length(order_ref) BETWEEN 1 AND 255),
    user_id               uuid NOT NULL,
    merchant_id           uuid NOT NULL,
    amount_minor          bigint NOT NULL,
    -- The window in which two reports of the order overlap: from the time of the purchase on.
    purchased_at          timestamptz NOT NULL,
    same_until            timestamptz NOT NULL CHECK (same_until > purchased_at),
    first_by              text NOT NULL CHECK (first_by IN ('user', 'partner')),
    -- The user's own id of it, once its user has reported it. A partner's id of it is the purchase's.
    user_external_id      text COLLATE "C" CHECK (char_length(user_external_id) BETWEEN 1 AND 255),
    -- When the other side reported it too, and the time of the purchase that this report stated.
    attached_at           timestamptz,
    attached_purchased_at timestamptz,
    -- False once the other side has reported it, or can no longer add to it.
    open                  boolean NOT NULL DEFAULT true,
    CHECK (attached_at IS NULL OR NOT open),
    CHECK (attached_purchased_at IS NULL OR attached_at IS NOT NULL),
    CHECK (user_external_id IS NOT NULL OR first_by = 'partner'),
    CONSTRAINT purchase_orders_user_external_id_key UNIQUE (user_external_id),
    -- Of a user's and a partner's report of one order, only one can become a purchase of its own.
    CONSTRAINT purchase_orders_once EXCLUDE USING gist (
        order_ref WITH =, user_id WITH =, merchant_id WITH =, amount_minor WITH =, first_by WITH <>,
        tstzrange(purchased_at, same_until, '[]') WITH &&) WHERE (open)
);
-- Finds the other report of an order, and serves the search.
CREATE INDEX purchase_orders_of_ref ON purchase_orders (order_ref, user_id);

-- A purchase of a user becomes that of the partner that reports it as well; a partner's purchase stays its own.
DROP TRIGGER purchases_references_fixed ON purchases;
CREATE TRIGGER purchases_references_fixed BEFORE UPDATE OF user_id, merchant_id, offer_id ON purchases
    FOR EACH STATEMENT EXECUTE FUNCTION keep_references();

CREATE FUNCTION purchases_take_partner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.partner_id IS NOT NULL OR NEW.partner_id IS NULL THEN
        RAISE EXCEPTION 'purchases keeps its references' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (SELECT true FROM partners WHERE id = NEW.partner_id) IS NULL THEN
        PERFORM refuse_missing('a partner', 'purchases_partner_id_fkey');
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER purchases_partner_taken_once BEFORE UPDATE OF partner_id ON purchases
    FOR EACH ROW EXECUTE FUNCTION purchases_take_partner();
