-- The rows that new rows refer to are looked up as sets: neighbours in an index share a descent.

CREATE OR REPLACE FUNCTION purchases_require_references() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    wanted uuid[];
BEGIN
    wanted := ARRAY(SELECT DISTINCT user_id FROM added);
    IF (SELECT count(*) FROM users WHERE id = ANY (wanted)) < cardinality(wanted) THEN
        PERFORM refuse_missing('a user', 'purchases_user_id_fkey');
    END IF;
    wanted := ARRAY(SELECT DISTINCT merchant_id FROM added);
    IF (SELECT count(*) FROM merchants WHERE id = ANY (wanted)) < cardinality(wanted) THEN
        PERFORM refuse_missing('a merchant', 'purchases_merchant_id_fkey');
    END IF;
    wanted := ARRAY(SELECT DISTINCT offer_id FROM added WHERE offer_id IS NOT NULL);
    IF (SELECT count(*) FROM offers WHERE id = ANY (wanted)) < cardinality(wanted) THEN
        PERFORM refuse_missing('an offer', 'purchases_offer_id_fkey');
    END IF;
    wanted := ARRAY(SELECT DISTINCT partner_id FROM added WHERE partner_id IS NOT NULL);
    IF (SELECT count(*) FROM partners WHERE id = ANY (wanted)) < cardinality(wanted) THEN
        PERFORM refuse_missing('a partner', 'purchases_partner_id_fkey');
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION cap_usage_require_references() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    wanted uuid[];
BEGIN
    wanted := ARRAY(SELECT DISTINCT user_id FROM added);
    IF (SELECT count(*) FROM users WHERE id = ANY (wanted)) < cardinality(wanted) THEN
        PERFORM refuse_missing('a user', 'cap_usage_user_id_fkey');
    END IF;
    wanted := ARRAY(SELECT DISTINCT offer_id FROM added);
    IF (SELECT count(*) FROM offers WHERE id = ANY (wanted)) < cardinality(wanted) THEN
        PERFORM refuse_missing('an offer', 'cap_usage_offer_id_fkey');
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION cashback_credits_require_references() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM (
        SELECT purchase_id, user_id FROM added
        EXCEPT ALL
        SELECT id, user_id FROM purchases WHERE id = ANY (ARRAY(SELECT purchase_id FROM added))) missing;
    IF FOUND THEN PERFORM refuse_missing('a purchase of the user', 'cashback_credits_purchase_id_fkey'); END IF;
    RETURN NULL;
END $$;

-- Most transfers are the credits of purchases. A transfer belongs to the user of its purchase or payout.
CREATE OR REPLACE FUNCTION ledger_transfers_require_references() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM (
        SELECT DISTINCT purchase_id, user_id FROM added WHERE purchase_id IS NOT NULL
        EXCEPT ALL
        SELECT id, user_id FROM purchases WHERE id = ANY (ARRAY(SELECT purchase_id FROM added))) missing;
    IF FOUND THEN PERFORM refuse_missing('a purchase or payout of the user', 'ledger_transfers_cause_fkey'); END IF;
    PERFORM FROM added a
        WHERE a.payout_id IS NOT NULL
        AND (SELECT user_id FROM payouts WHERE id = a.payout_id) IS DISTINCT FROM a.user_id;
    IF FOUND THEN PERFORM refuse_missing('a purchase or payout of the user', 'ledger_transfers_cause_fkey'); END IF;
    PERFORM FROM added a
        WHERE a.cause_id IS NOT NULL
        AND CASE a.kind
            WHEN 'cashback_refunded'
                THEN (SELECT purchase_id FROM refunds WHERE id = a.cause_id) IS DISTINCT FROM a.purchase_id
            WHEN 'cashback_corrected'
                -- A refund that a lower correction does not survive raises the amount back: it corrects the cashback.
                THEN coalesce((SELECT purchase_id FROM corrections WHERE id = a.cause_id),
                              (SELECT purchase_id FROM refunds WHERE id = a.cause_id)) IS DISTINCT FROM a.purchase_id
            WHEN 'cashback_reallotted'
                THEN (SELECT user_id FROM purchases WHERE id = a.cause_id) IS DISTINCT FROM a.user_id
            ELSE (SELECT reinstatement_id FROM purchases WHERE id = a.purchase_id) IS DISTINCT FROM a.cause_id
        END;
    IF FOUND THEN PERFORM refuse_missing('the cause of a change', 'ledger_transfers_cause_id_fkey'); END IF;
    RETURN NULL;
END $$;
