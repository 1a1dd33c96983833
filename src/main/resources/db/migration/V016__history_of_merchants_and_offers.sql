-- Since when status and terms are as they are; what changes them sets it.
ALTER TABLE merchants ADD terms_since timestamptz NOT NULL DEFAULT '-infinity';
ALTER TABLE offers ADD terms_since timestamptz NOT NULL DEFAULT '-infinity';

-- The history of merchants and offers: one row for each stretch of time in which one was active under the same terms.
-- A purchase earns by what was in force when it was made. Triggers keep the history, so that nothing can bypass it.
CREATE TABLE merchant_periods (
    id                    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    merchant_id           uuid NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    default_percentage_e4 bigint NOT NULL,
    active_from           timestamptz NOT NULL,
    active_until          timestamptz NOT NULL DEFAULT 'infinity',
    CHECK (active_until >= active_from)
);

CREATE TABLE offer_periods (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    offer_id          uuid NOT NULL REFERENCES offers (id) ON DELETE CASCADE,
    merchant_id       uuid NOT NULL,
    cashback_type     text NOT NULL,
    cashback_value_e4 bigint NOT NULL,
    monthly_cap_minor bigint NOT NULL,
    start_date        date NOT NULL,
    end_date          date NOT NULL,
    active_from       timestamptz NOT NULL,
    active_until      timestamptz NOT NULL DEFAULT 'infinity',
    CHECK (active_until >= active_from)
);

-- The history so far, from the audit log, which has every change of a status. Terms could not be changed. A status that
-- nobody recorded counts from now on. This function is dropped below.
CREATE FUNCTION statuses_so_far(resource text)
    RETURNS TABLE (id uuid, active boolean, since timestamptz, until timestamptz) LANGUAGE sql AS $$
    WITH entities AS (
        SELECT e.id, e.active FROM merchants e WHERE resource = 'merchant'
        UNION ALL
        SELECT e.id, e.active FROM offers e WHERE resource = 'offer'
    ), switches AS (
        SELECT e.id, e.active AS active_now, a.action = upper(resource) || '_ACTIVATED' AS active,
               a.occurred_at AS since,
               row_number() OVER (PARTITION BY e.id ORDER BY a.occurred_at, a.id) AS place,
               row_number() OVER (PARTITION BY e.id ORDER BY a.occurred_at DESC, a.id DESC) AS place_from_end
        FROM entities e
        JOIN audit_log a ON a.resource_id = e.id::text AND a.resource_type = resource
            AND a.action IN (upper(resource) || '_ACTIVATED', upper(resource) || '_DEACTIVATED')
    ), stretches AS (
        -- Before its first change a status was the other one.
        SELECT e.id, coalesce(NOT s.active, e.active) AS active, '-infinity'::timestamptz AS since, 0::bigint AS place
        FROM entities e LEFT JOIN switches s ON s.id = e.id AND s.place = 1
        UNION ALL
        SELECT s.id, s.active, s.since, s.place FROM switches s
        UNION ALL
        SELECT s.id, s.active_now, now(), s.place + 1
        FROM switches s WHERE s.place_from_end = 1 AND s.active <> s.active_now
    )
    SELECT s.id, s.active, s.since, lead(s.since, 1, 'infinity') OVER (PARTITION BY s.id ORDER BY s.place)
    FROM stretches s
$$;

-- The first activation reaches back to the beginning of the merchant, and of an offer to the start of its window.
INSERT INTO merchant_periods (merchant_id, default_percentage_e4, active_from, active_until)
SELECT m.id, m.default_percentage_e4, s.since, greatest(s.until, s.since)
FROM (
    SELECT id, until,
           CASE WHEN row_number() OVER (PARTITION BY id ORDER BY since) = 1 THEN '-infinity' ELSE since END AS since
    FROM statuses_so_far('merchant') WHERE active) s
JOIN merchants m ON m.id = s.id
ORDER BY m.created_at, m.id, s.since;

INSERT INTO offer_periods (offer_id, merchant_id, cashback_type, cashback_value_e4, monthly_cap_minor, start_date,
                           end_date, active_from, active_until)
SELECT o.id, o.merchant_id, o.cashback_type, o.cashback_value_e4, o.monthly_cap_minor, o.start_date, o.end_date,
       p.active_from, greatest(s.until, p.active_from)
FROM (
    SELECT id, since, until, row_number() OVER (PARTITION BY id ORDER BY since) AS place
    FROM statuses_so_far('offer') WHERE active) s
JOIN offers o ON o.id = s.id
CROSS JOIN LATERAL (
    SELECT CASE s.place WHEN 1 THEN o.start_date::timestamp AT TIME ZONE 'UTC' ELSE s.since END AS active_from) p
ORDER BY o.created_at, o.id, s.since;

UPDATE merchants m SET terms_since = s.since
FROM statuses_so_far('merchant') s WHERE s.id = m.id AND s.until = 'infinity' AND s.since > '-infinity';
UPDATE offers o SET terms_since = s.since
FROM statuses_so_far('offer') s WHERE s.id = o.id AND s.until = 'infinity' AND s.since > '-infinity';

DROP FUNCTION statuses_so_far;

-- What was in force at a time, of a merchant, of an offer and of the offers of a merchant.
CREATE INDEX merchant_periods_of_merchant ON merchant_periods (merchant_id, active_until);
CREATE INDEX offer_periods_of_offer ON offer_periods (offer_id, active_until);
CREATE INDEX offer_periods_of_merchant ON offer_periods (merchant_id, end_date);

-- The first activation reaches back to the beginning of the merchant; later changes count from their time on.
CREATE FUNCTION keep_merchant_history() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    UPDATE merchant_periods SET active_until = greatest(NEW.terms_since, active_from)
    WHERE merchant_id = NEW.id AND active_until = 'infinity';
    IF NEW.active THEN
        INSERT INTO merchant_periods (merchant_id, default_percentage_e4, active_from)
        VALUES (NEW.id, NEW.default_percentage_e4,
                CASE WHEN EXISTS (SELECT FROM merchant_periods WHERE merchant_id = NEW.id) THEN NEW.terms_since
                     ELSE '-infinity' END);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER merchants_have_history AFTER INSERT ON merchants
    FOR EACH ROW EXECUTE FUNCTION keep_merchant_history();
CREATE TRIGGER merchants_keep_history AFTER UPDATE OF active, default_percentage_e4 ON merchants
    FOR EACH ROW WHEN (
        (OLD.active, OLD.default_percentage_e4) IS DISTINCT FROM (NEW.active, NEW.default_percentage_e4))
    EXECUTE FUNCTION keep_merchant_history();

-- The first activation reaches back to the start of the offer's window.
CREATE FUNCTION keep_offer_history() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    UPDATE offer_periods SET active_until = greatest(NEW.terms_since, active_from)
    WHERE offer_id = NEW.id AND active_until = 'infinity';
    IF NEW.active THEN
        INSERT INTO offer_periods (offer_id, merchant_id, cashback_type, cashback_value_e4, monthly_cap_minor,
                                   start_date, end_date, active_from)
        VALUES (NEW.id, NEW.merchant_id, NEW.cashback_type, NEW.cashback_value_e4, NEW.monthly_cap_minor,
                NEW.start_date, NEW.end_date,
                CASE WHEN EXISTS (SELECT FROM offer_periods WHERE offer_id = NEW.id) THEN NEW.terms_since
                     ELSE NEW.start_date::timestamp AT TIME ZONE 'UTC' END);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER offers_have_history AFTER INSERT ON offers FOR EACH ROW EXECUTE FUNCTION keep_offer_history();
CREATE TRIGGER offers_keep_history
    AFTER UPDATE OF active, cashback_type, cashback_value_e4, monthly_cap_minor, start_date, end_date ON offers
    FOR EACH ROW EXECUTE FUNCTION keep_offer_history();
