CREATE TABLE purchases (
    id                  uuid PRIMARY KEY,
    -- The partner that sent it; null for a purchase submitted by its user.
    partner_id          uuid,
    external_id         text NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 255),
    user_id             uuid NOT NULL,
    merchant_id         uuid NOT NULL,
    amount_minor        bigint NOT NULL CHECK (amount_minor BETWEEN 1 AND 999999999999),
    currency            text NOT NULL CHECK (currency = 'EUR'),
    purchased_at        timestamptz NOT NULL,
    -- False when the sender left the time out and the time of receipt was taken.
    purchased_at_stated boolean NOT NULL,
    -- The terms applied, copied so that an amount stays explainable after the offer changes.
    offer_id            uuid,
    cashback_type       text NOT NULL CHECK (cashback_type IN ('percent', 'fixed')),
    cashback_value_e4   bigint NOT NULL CHECK (cashback_value_e4 > 0),
    monthly_cap_minor   bigint CHECK (monthly_cap_minor > 0),
    -- Before the monthly cap; cashback_credits holds what was credited.
    cashback_minor      bigint NOT NULL CHECK (cashback_minor >= 0 AND cashback_minor <= amount_minor),
    -- The sum of its refunds.
    refunded_minor      bigint NOT NULL DEFAULT 0,
    status              text NOT NULL DEFAULT 'pending'
                        CHECK (status IN ('pending', 'confirmed', 'rejected', 'reversed')),
    rejection_reason    text CHECK ((rejection_reason IS NULL) = (status <> 'rejected')),
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    CHECK ((offer_id IS NULL) = (monthly_cap_minor IS NULL)),
    CONSTRAINT purchases_refunded_within_amount CHECK (refunded_minor BETWEEN 0 AND amount_minor),
    CONSTRAINT purchases_refunded_in_full CHECK (refunded_minor < amount_minor OR status = 'reversed'),
    CONSTRAINT purchases_external_id_key UNIQUE NULLS NOT DISTINCT (partner_id, external_id)
) WITH (fillfactor = 85); -- Pages keep room for the update that decides about a purchase.
-- Ascending, so that the newest rows go to the right edge. PostgreSQL inserts fastest there, and splits pages without
-- leaving them half empty. Lists read these indexes backwards.
CREATE INDEX purchases_newest ON purchases (created_at, id);
CREATE INDEX purchases_of_user ON purchases (user_id, created_at, id);
CREATE INDEX purchases_of_merchant ON purchases (merchant_id, created_at, id);

-- Few merchants, offers and partners serve many purchases. The lookups are by index whatever the planner believes about
-- a table: plans live as long as their session, which may have begun with empty tables.
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

CREATE TRIGGER purchases_references AFTER INSERT ON purchases
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION purchases_require_references();
CREATE TRIGGER purchases_references_fixed BEFORE UPDATE OF user_id, merchant_id, offer_id, partner_id ON purchases
    FOR EACH STATEMENT EXECUTE FUNCTION keep_references();
CREATE TRIGGER purchases_referred_to BEFORE DELETE OR UPDATE OF id ON purchases
    FOR EACH ROW EXECUTE FUNCTION refuse_orphans(
        'verifications', 'purchase_id', 'cashback_credits', 'purchase_id', 'ledger_transfers', 'purchase_id');
CREATE TRIGGER purchases_kept BEFORE TRUNCATE ON purchases FOR EACH STATEMENT EXECUTE FUNCTION keep_references();

-- Parts of a purchase that its buyer got back. A purchase whose refunds add up to its amount is reversed.
CREATE TABLE refunds (
    id             uuid PRIMARY KEY,
    purchase_id    uuid NOT NULL REFERENCES purchases (id),
    -- The partner's own id of the refund.
    external_id    text NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 255),
    amount_minor   bigint NOT NULL CHECK (amount_minor > 0),
    -- By how much the cashback fell. Zero for the refund that completes a reversal, which takes what is left.
    cashback_minor bigint NOT NULL CHECK (cashback_minor >= 0),
    created_at     timestamptz NOT NULL,
    CONSTRAINT refunds_external_id_key UNIQUE (purchase_id, external_id)
);
CREATE TRIGGER refunds_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refunds
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
