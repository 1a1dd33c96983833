CREATE TABLE purchases (
    id                  uuid PRIMARY KEY,
    -- The partner that sent it; null for a purchase submitted by its user.
    partner_id          uuid REFERENCES partners (id),
    external_id         text NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 255),
    user_id             uuid NOT NULL REFERENCES users (id),
    merchant_id         uuid NOT NULL REFERENCES merchants (id),
    amount_minor        bigint NOT NULL CHECK (amount_minor BETWEEN 1 AND 999999999999),
    currency            text NOT NULL CHECK (currency = 'EUR'),
    purchased_at        timestamptz NOT NULL,
    -- False when the sender left the time out and the time of receipt was taken.
    purchased_at_stated boolean NOT NULL,
    -- The terms applied, copied so that an amount stays explainable after the offer changes.
    offer_id            uuid REFERENCES offers (id),
    cashback_type       text NOT NULL CHECK (cashback_type IN ('percent', 'fixed')),
    cashback_value_e4   bigint NOT NULL CHECK (cashback_value_e4 > 0),
    monthly_cap_minor   bigint CHECK (monthly_cap_minor > 0),
    -- Before the monthly cap; what was credited stands in cashback_credits.
    cashback_minor      bigint NOT NULL CHECK (cashback_minor >= 0 AND cashback_minor <= amount_minor),
    status              text NOT NULL DEFAULT 'pending'
                        CHECK (status IN ('pending', 'confirmed', 'rejected', 'reversed')),
    rejection_reason    text CHECK ((rejection_reason IS NULL) = (status <> 'rejected')),
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    CHECK ((offer_id IS NULL) = (monthly_cap_minor IS NULL)),
    CONSTRAINT purchases_external_id_key UNIQUE NULLS NOT DISTINCT (partner_id, external_id)
) WITH (fillfactor = 85);
CREATE INDEX purchases_newest ON purchases (created_at DESC, id DESC);
CREATE INDEX purchases_of_user ON purchases (user_id, created_at DESC, id DESC);
CREATE INDEX purchases_of_merchant ON purchases (merchant_id, created_at DESC, id DESC);

-- The work list of the verification job: one row for each purchase that still awaits a verdict. A claim moves
-- due_at into the future, so it lapses by itself when the claiming process dies.
CREATE TABLE verifications (
    purchase_id uuid PRIMARY KEY REFERENCES purchases (id),
    user_id     uuid NOT NULL,
    merchant_id uuid NOT NULL,
    due_at      timestamptz NOT NULL,
    attempts    smallint NOT NULL DEFAULT 0 CHECK (attempts >= 0)
);
CREATE INDEX verifications_due ON verifications (due_at, purchase_id);
