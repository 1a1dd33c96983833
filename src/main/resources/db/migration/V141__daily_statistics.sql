-- What happened on each UTC day, by merchant and partner: a projection of the event log, which the follower
-- daily-statistics keeps. A row stands for the day on which something happened, so rows of past days do not change.
CREATE TABLE statistics_days (
    day             date NOT NULL,
    merchant_id     uuid NOT NULL,
    -- Null for purchases that their users submitted.
    partner_id      uuid,
    accepted        bigint NOT NULL,
    -- As it was reported first.
    accepted_minor  bigint NOT NULL,
    credited        bigint NOT NULL,
    credited_minor  bigint NOT NULL,
    -- By how much cashback rose or fell after its credit: by refunds, corrections and other purchases of the same cap.
    changed_minor   bigint NOT NULL,
    confirmed       bigint NOT NULL,
    confirmed_minor bigint NOT NULL,
    rejected        bigint NOT NULL,
    rejected_minor  bigint NOT NULL,
    reversed        bigint NOT NULL,
    reversed_minor  bigint NOT NULL,
    refunded        bigint NOT NULL,
    corrected       bigint NOT NULL,
    -- For the rise of a row, and for reading a range of days.
    CONSTRAINT statistics_days_key UNIQUE NULLS NOT DISTINCT (day, merchant_id, partner_id)
) WITH (fillfactor = 70); -- Pages keep room for the updates of a day.
