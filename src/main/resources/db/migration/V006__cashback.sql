-- What each purchase was credited with, and what of the cap was used before it: the facts behind an amount.
CREATE TABLE cashback_credits (
    purchase_id           uuid PRIMARY KEY REFERENCES purchases (id),
    user_id               uuid NOT NULL,
    amount_minor          bigint NOT NULL CHECK (amount_minor >= 0),
    -- Null when the merchant's default applied, which has no cap.
    offer_id              uuid,
    cap_month             date NOT NULL CHECK (extract(day FROM cap_month) = 1),
    cap_used_before_minor bigint CHECK (cap_used_before_minor >= 0),
    credited_at           timestamptz NOT NULL,
    CHECK ((offer_id IS NULL) = (cap_used_before_minor IS NULL))
);
CREATE TRIGGER cashback_credits_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cashback_credits
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The projection of what a user holds of an offer's cap in a calendar month (UTC) of the purchases.
CREATE TABLE cap_usage (
    user_id    uuid NOT NULL REFERENCES users (id),
    offer_id   uuid NOT NULL REFERENCES offers (id),
    cap_month  date NOT NULL CHECK (extract(day FROM cap_month) = 1),
    cap_minor  bigint NOT NULL CHECK (cap_minor > 0),
    used_minor bigint NOT NULL CHECK (used_minor >= 0),
    PRIMARY KEY (user_id, offer_id, cap_month),
    CONSTRAINT cap_usage_within_cap CHECK (used_minor <= cap_minor)
) WITH (fillfactor = 70);
