-- Events that partners send about their purchases, in any order, even before the purchase itself. An event without its
-- purchase is parked here, and applied when the purchase arrives.
CREATE TABLE partner_events (
    id           uuid PRIMARY KEY,
    partner_id   uuid NOT NULL REFERENCES partners (id),
    -- The purchase's.
    external_id  text NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 255),
    kind         text NOT NULL CHECK (kind IN ('confirmed', 'rejected', 'refunded', 'corrected')),
    reason       text CHECK ((reason IS NOT NULL) = (kind = 'rejected')),
    refund_id    text CHECK ((refund_id IS NOT NULL) = (kind = 'refunded')),
    correction_id text CHECK ((correction_id IS NOT NULL) = (kind = 'corrected')),
    -- A correction may leave the amount as it is.
    amount_minor bigint CHECK (amount_minor > 0) CHECK (
        kind = 'corrected' OR (amount_minor IS NOT NULL) = (kind = 'refunded')),
    -- The partner's time of the event, which orders the events of a purchase.
    occurred_at  timestamptz NOT NULL,
    received_at  timestamptz NOT NULL,
    -- The id of the request that brought it.
    cause        text NOT NULL,
    -- Null while parked; then 'applied', 'expired', or the error code of its refusal.
    outcome      text,
    -- Waits for a purchase that was not there, and so counts in parked_counts.
    counted      boolean NOT NULL DEFAULT false CHECK (NOT counted OR outcome IS NULL),
    expired_at   timestamptz CHECK ((expired_at IS NOT NULL) = (outcome IS NOT DISTINCT FROM 'expired')),
    CONSTRAINT partner_events_once UNIQUE NULLS NOT DISTINCT (
        partner_id, external_id, kind, refund_id, correction_id)
);
CREATE INDEX partner_events_parked ON partner_events (partner_id, external_id) WHERE outcome IS NULL;
CREATE INDEX partner_events_waiting ON partner_events (received_at) WHERE counted;
CREATE INDEX partner_events_expired ON partner_events (expired_at) WHERE outcome = 'expired';

-- The number of each partner's events that wait for their purchases, which a setting bounds. A transaction changes it
-- last, since all events that a partner parks meet here.
CREATE TABLE parked_counts (
    partner_id uuid PRIMARY KEY REFERENCES partners (id),
    parked     bigint NOT NULL CHECK (parked >= 0)
) WITH (fillfactor = 50);
