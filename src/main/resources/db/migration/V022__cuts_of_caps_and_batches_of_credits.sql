ALTER TABLE cap_usage
    -- By how much the cap has cut its purchases: what they are entitled to less what they are credited with.
    ADD cut_minor bigint NOT NULL DEFAULT 0 CHECK (cut_minor >= 0),
    -- The last of its credited purchases in the order of ingestion. A purchase that follows it takes from none of them.
    ADD latest_at timestamptz,
    ADD latest_id uuid;

-- Works out each amount by today's rule, in the order of ingestion. No amount changes: where the rule comes to another
-- one, carried_minor keeps what is.
WITH facts AS (
    SELECT p.id, p.user_id, p.offer_id, c.cap_month, p.created_at, p.monthly_cap_minor,
           p.amount_minor - p.refunded_minor AS kept,
           p.cashback_value_e4::numeric * (p.amount_minor - p.refunded_minor) AS dividend,
           CASE p.cashback_type WHEN 'percent' THEN 1000000 ELSE 100 * p.amount_minor END AS divisor,
           p.status IN ('pending', 'confirmed') AS live,
           coalesce(p.rerated_minor, c.amount_minor) AS held
    FROM purchases p
    JOIN cashback_credits c ON c.purchase_id = p.id
), rated AS (
    SELECT id, user_id, offer_id, cap_month, created_at, monthly_cap_minor, live,
           CASE WHEN live THEN held ELSE 0 END AS credited,
           -- Half-even: of two neighbours at the same distance the even one.
           CASE WHEN live THEN least(kept, div(dividend, divisor) + CASE
               WHEN 2 * mod(dividend, divisor) > divisor THEN 1
               WHEN 2 * mod(dividend, divisor) = divisor THEN mod(div(dividend, divisor), 2)
               ELSE 0 END) ELSE 0 END AS entitled
    FROM facts
), allotted AS (
    SELECT *, CASE WHEN offer_id IS NULL THEN entitled
               ELSE least(entitled, greatest(monthly_cap_minor - coalesce(sum(credited) OVER (
                   PARTITION BY user_id, offer_id, cap_month ORDER BY created_at, id
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0), 0)) END AS share
    FROM rated
), carried AS (
    UPDATE purchases p SET carried_minor = a.credited
    FROM allotted a
    WHERE p.id = a.id AND a.live AND a.credited <> a.share
), caps AS (
    SELECT user_id, offer_id, cap_month,
           sum(CASE WHEN credited = share THEN entitled - credited ELSE 0 END) AS cut,
           (array_agg(created_at ORDER BY created_at DESC, id DESC))[1] AS latest_at,
           (array_agg(id ORDER BY created_at DESC, id DESC))[1] AS latest_id
    FROM allotted
    WHERE offer_id IS NOT NULL
    GROUP BY user_id, offer_id, cap_month
)
UPDATE cap_usage u SET cut_minor = c.cut, latest_at = c.latest_at, latest_id = c.latest_id
FROM caps c
WHERE u.user_id = c.user_id AND u.offer_id = c.offer_id AND u.cap_month = c.cap_month;

-- The id under which the audit log has one row for this and other credits; null when it has a row of its own.
ALTER TABLE cashback_credits ADD batch_id bigint;

-- Audit rows of batches told how many purchases they credited and with how much; events told which. Both were written
-- in one transaction. Where several batches of one moment are alike, their credits stay without.
ALTER TABLE cashback_credits DISABLE TRIGGER cashback_credits_append_only;
WITH batches AS (
    SELECT resource_id::bigint AS batch_id, occurred_at, (details ->> 'purchases')::bigint AS purchases,
           ((details ->> 'cashback_amount')::numeric * 100)::bigint AS amount_minor
    FROM audit_log
    WHERE resource_type = 'cashback_batch' AND action = 'CASHBACK_CREDITED' AND resource_id <> '0'
), credited AS (
    SELECT e.transaction_id, e.serial, e.occurred_at, (entry ->> 'purchase_id')::uuid AS purchase_id,
           (entry ->> 'amount_minor')::bigint AS amount_minor
    FROM event_log e, jsonb_array_elements(e.payload::jsonb -> 'credits') AS entry
    WHERE e.type = 'cashback.credited'
), events AS (
    SELECT transaction_id, serial, occurred_at, count(*) AS purchases, sum(amount_minor) AS amount_minor
    FROM credited GROUP BY transaction_id, serial, occurred_at
), pairs AS (
    SELECT b.batch_id, e.transaction_id, e.serial,
           count(*) OVER (PARTITION BY b.batch_id) AS events_alike,
           count(*) OVER (PARTITION BY e.transaction_id, e.serial) AS batches_alike
    FROM batches b
    CROSS JOIN generate_series(-1, 1) AS neighbour (seconds)
    JOIN events e ON e.purchases = b.purchases AND e.amount_minor = b.amount_minor
        AND date_trunc('second', e.occurred_at)
            = date_trunc('second', b.occurred_at) + neighbour.seconds * interval '1 second'
)
UPDATE cashback_credits c SET batch_id = p.batch_id
FROM pairs p
JOIN credited k ON k.transaction_id = p.transaction_id AND k.serial = p.serial
WHERE c.purchase_id = k.purchase_id AND p.events_alike = 1 AND p.batches_alike = 1;
ALTER TABLE cashback_credits ENABLE TRIGGER cashback_credits_append_only;
