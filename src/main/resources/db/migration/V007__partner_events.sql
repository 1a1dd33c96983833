-- Events that partners send about their purchases, in any order, even before the purchase itself. An event without its
-- purchase is parked here, and applied when the purchase arrives.
CREATE TABLE partner_events (
    id           uuid PRIMARY KEY,
    partner_id   uuid NOT NULL REFERENCES partners (id),
    -- The purchase's.
    external_id  text NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 255),
    kind         text NOT NULL CHECK (kind IN ('confirmed', 'rejected', 'refunded')),
    reason       text CHECK ((reason IS NOT NULL) = (kind = 'rejected')),
    refund_id    text CHECK ((refund_id IS NOT NULL) = (kind = 'refunded')),
    amount_minor bigint CHECK (amount_minor > 0) CHECK ((amount_minor IS NOT NULL) = (kind = 'refunded')),
    -- The partner's time of the event, which orders the events of a purchase.
    occurred_at  timestamptz NOT NULL,
    received_at  timestamptz NOT NULL,
    -- The id of the request that brought it.
    cause        text NOT NULL,
    -- Null while parked; then 'applied', or the error code of its refusal.
    outcome      text,
    CONSTRAINT partner_events_once UNIQUE NULLS NOT DISTINCT (partner_id, external_id, kind, refund_id)
);
CREATE INDEX partner_events_parked ON partner_events (partner_id, external_id) WHERE outcome IS NULL;
