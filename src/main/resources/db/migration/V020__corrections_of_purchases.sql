ALTER TABLE purchases
    ALTER external_id TYPE text COLLATE "C",
    -- The amount by the last correction; null while amount_minor stands.
    ADD corrected_minor bigint CHECK (corrected_minor BETWEEN 1 AND 999999999999),
    -- The cashback since it changed after the credit; null while it is what was credited. An end leaves it as it was.
    ADD rerated_minor bigint CHECK (rerated_minor >= 0),
    -- The cashback that earlier rules left, where today's would give another. It stands as the entitlement until the
    -- amount of the purchase changes; null everywhere else.
    ADD carried_minor bigint CHECK (carried_minor >= 0),
    DROP CONSTRAINT purchases_refunded_within_amount,
    ADD CONSTRAINT purchases_refunded_within_amount CHECK (
        refunded_minor BETWEEN 0 AND coalesce(corrected_minor, amount_minor)),
    DROP CONSTRAINT purchases_refunded_in_full,
    ADD CONSTRAINT purchases_refunded_in_full CHECK (
        refunded_minor < coalesce(corrected_minor, amount_minor) OR status = 'reversed'),
    -- The id comes first: a plan made while the table was small would otherwise search by partner alone, and read
    -- all purchases of the partner.
    DROP CONSTRAINT purchases_external_id_key,
    ADD CONSTRAINT purchases_external_id_key UNIQUE NULLS NOT DISTINCT (external_id, partner_id);

UPDATE purchases p SET rerated_minor = c.amount_minor - r.cashback_minor
FROM (SELECT purchase_id, sum(cashback_minor)::bigint AS cashback_minor FROM refunds GROUP BY purchase_id) r
JOIN cashback_credits c ON c.purchase_id = r.purchase_id
WHERE p.id = r.purchase_id AND r.cashback_minor > 0;

-- The amount of a purchase as its partner corrected it. The correction with the latest time stands.
CREATE TABLE corrections (
    id           uuid PRIMARY KEY,
    purchase_id  uuid NOT NULL REFERENCES purchases (id),
    -- The partner's own id of the correction.
    external_id  text NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 255),
    -- Null for a correction that leaves the amount as it is.
    amount_minor bigint CHECK (amount_minor BETWEEN 1 AND 999999999999),
    -- The partner's time.
    occurred_at  timestamptz NOT NULL,
    created_at   timestamptz NOT NULL,
    CONSTRAINT corrections_external_id_key UNIQUE (purchase_id, external_id)
);
CREATE TRIGGER corrections_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON corrections
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
