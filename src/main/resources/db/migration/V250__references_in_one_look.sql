-- One statement looks up all that new rows refer to. Each statement has a start of its own, which a small batch pays as
-- much for as a large one does.

CREATE OR REPLACE FUNCTION purchases_require_references() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    missing text;
BEGIN
    SELECT CASE
        WHEN (SELECT count(*) FROM users WHERE id = ANY (w.users)) < cardinality(w.users) THEN 'a user'
        WHEN (SELECT count(*) FROM merchants WHERE id = ANY (w.merchants)) < cardinality(w.merchants) THEN 'a merchant'
        WHEN (SELECT count(*) FROM offers WHERE id = ANY (w.offers)) < cardinality(w.offers) THEN 'an offer'
        WHEN (SELECT count(*) FROM partners WHERE id = ANY (w.partners)) < cardinality(w.partners) THEN 'a partner' END
    INTO missing
    FROM (
        SELECT array_agg(DISTINCT user_id) AS users, array_agg(DISTINCT merchant_id) AS merchants,
               array_agg(DISTINCT offer_id) FILTER (WHERE offer_id IS NOT NULL) AS offers,
               array_agg(DISTINCT partner_id) FILTER (WHERE partner_id IS NOT NULL) AS partners
        FROM added) w;
    IF missing IS NOT NULL THEN
        PERFORM refuse_missing(missing, 'purchases_' || split_part(missing, ' ', 2) || '_id_fkey');
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION cap_usage_require_references() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    missing text;
BEGIN
    SELECT CASE
        WHEN (SELECT count(*) FROM users WHERE id = ANY (w.users)) < cardinality(w.users) THEN 'a user'
        WHEN (SELECT count(*) FROM offers WHERE id = ANY (w.offers)) < cardinality(w.offers) THEN 'an offer' END
    INTO missing
    FROM (SELECT array_agg(DISTINCT user_id) AS users, array_agg(DISTINCT offer_id) AS offers FROM added) w;
    IF missing IS NOT NULL THEN
        PERFORM refuse_missing(missing, 'cap_usage_' || split_part(missing, ' ', 2) || '_id_fkey');
    END IF;
    RETURN NULL;
END $$;
