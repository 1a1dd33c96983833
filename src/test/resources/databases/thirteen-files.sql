-- PostgreSQL database dump

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';

CREATE FUNCTION public.cap_usage_require_references() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    AS $$
BEGIN
    PERFORM FROM added a WHERE (SELECT true FROM users WHERE id = a.user_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a user', 'cap_usage_user_id_fkey'); END IF;
    PERFORM FROM (SELECT DISTINCT offer_id FROM added) a
        WHERE (SELECT true FROM offers WHERE id = a.offer_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('an offer', 'cap_usage_offer_id_fkey'); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.cashback_credits_require_references() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    AS $$
BEGIN
    PERFORM FROM added a WHERE (SELECT user_id FROM purchases WHERE id = a.purchase_id) IS DISTINCT FROM a.user_id;
    IF FOUND THEN PERFORM refuse_missing('a purchase of the user', 'cashback_credits_purchase_id_fkey'); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.crediting_shard(user_id uuid) RETURNS smallint
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT (get_byte(uuid_send(user_id), 15) % 8)::smallint
$$;

CREATE FUNCTION public.end_sessions() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE token_families SET revoked_at = now() WHERE user_id = NEW.id AND revoked_at IS NULL;
    RETURN NULL;
END
$$;

CREATE FUNCTION public.event_log_fence() RETURNS bigint
    LANGUAGE sql STABLE
    AS $$
    SELECT transactions + pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM event_log_offset
$$;

CREATE FUNCTION public.event_log_fence_of_database() RETURNS bigint
    LANGUAGE sql STABLE
    AS $$
    SELECT transactions + coalesce(
        (SELECT min(running.id::text::bigint) FROM pg_snapshot_xip(pg_current_snapshot()) AS running (id)
         WHERE NOT EXISTS (
                   SELECT FROM pg_stat_activity a JOIN pg_database d ON d.oid = a.datid
                   WHERE a.backend_xid = running.id::xid AND d.datname <> current_database())
           AND NOT EXISTS (
                   SELECT FROM pg_prepared_xacts p
                   WHERE p.transaction = running.id::xid AND p.database <> current_database())),
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
    FROM event_log_offset
$$;

CREATE FUNCTION public.event_log_transaction() RETURNS bigint
    LANGUAGE sql
    AS $$
    SELECT transactions + pg_current_xact_id()::text::bigint FROM event_log_offset
$$;

CREATE FUNCTION public.keep_references() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% keeps its references', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION public.ledger_transfers_require_references() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    AS $$
BEGIN
    PERFORM FROM added a
        WHERE CASE WHEN a.payout_id IS NULL
            THEN (SELECT user_id FROM purchases WHERE id = a.purchase_id) IS DISTINCT FROM a.user_id
            ELSE (SELECT user_id FROM payouts WHERE id = a.payout_id) IS DISTINCT FROM a.user_id
        END;
    IF FOUND THEN PERFORM refuse_missing('a purchase or payout of the user', 'ledger_transfers_cause_fkey'); END IF;
    PERFORM FROM added a
        WHERE a.refund_id IS NOT NULL
        AND (SELECT purchase_id FROM refunds WHERE id = a.refund_id) IS DISTINCT FROM a.purchase_id;
    IF FOUND THEN PERFORM refuse_missing('a refund of the purchase', 'ledger_transfers_refund_id_fkey'); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.open_wallets() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO wallets (user_id) SELECT id FROM added;
    RETURN NULL;
END $$;

CREATE FUNCTION public.purchases_require_references() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    AS $$
BEGIN
    PERFORM FROM added a WHERE (SELECT true FROM users WHERE id = a.user_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a user', 'purchases_user_id_fkey'); END IF;
    PERFORM FROM (SELECT DISTINCT merchant_id FROM added) a
        WHERE (SELECT true FROM merchants WHERE id = a.merchant_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a merchant', 'purchases_merchant_id_fkey'); END IF;
    PERFORM FROM (SELECT DISTINCT offer_id FROM added) a
        WHERE a.offer_id IS NOT NULL AND (SELECT true FROM offers WHERE id = a.offer_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('an offer', 'purchases_offer_id_fkey'); END IF;
    PERFORM FROM (SELECT DISTINCT partner_id FROM added) a
        WHERE a.partner_id IS NOT NULL AND (SELECT true FROM partners WHERE id = a.partner_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a partner', 'purchases_partner_id_fkey'); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION public.refuse_missing(what text, constraint_name text) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE foreign_key_violation USING MESSAGE = format('%s does not exist', what), CONSTRAINT = constraint_name;
END $$;

CREATE FUNCTION public.refuse_orphans() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
DECLARE
    referred boolean;
BEGIN
    FOR i IN 0 .. TG_NARGS / 2 - 1 LOOP
        EXECUTE format('LOCK TABLE %I IN SHARE ROW EXCLUSIVE MODE', TG_ARGV[2 * i]);
        EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE %I = $1)', TG_ARGV[2 * i], TG_ARGV[2 * i + 1])
            INTO referred USING OLD.id;
        IF referred THEN
            RAISE foreign_key_violation USING
                MESSAGE = format('%s %s is referred to by %s', TG_TABLE_NAME, OLD.id, TG_ARGV[2 * i]),
                CONSTRAINT = TG_ARGV[2 * i] || '_' || TG_ARGV[2 * i + 1] || '_fkey';
        END IF;
    END LOOP;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $_$;

CREATE FUNCTION public.verifications_require_references() RETURNS trigger
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    AS $$
BEGIN
    PERFORM FROM added a WHERE (SELECT true FROM purchases WHERE id = a.purchase_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a purchase', 'verifications_purchase_id_fkey'); END IF;
    RETURN NULL;
END $$;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.audit_log (
    id uuid NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    actor_type text NOT NULL,
    actor_id uuid,
    action text NOT NULL,
    resource_type text NOT NULL,
    resource_id text NOT NULL,
    outcome text NOT NULL,
    details jsonb NOT NULL,
    cause text NOT NULL,
    CONSTRAINT audit_log_actor_type_check CHECK ((actor_type = ANY (ARRAY['system'::text, 'admin'::text, 'user'::text]))),
    CONSTRAINT audit_log_check CHECK (((actor_id IS NULL) = (actor_type = 'system'::text))),
    CONSTRAINT audit_log_outcome_check CHECK ((outcome = 'success'::text))
);

CREATE TABLE public.cap_usage (
    user_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    cap_month date NOT NULL,
    cap_minor bigint NOT NULL,
    used_minor bigint NOT NULL,
    CONSTRAINT cap_usage_cap_minor_check CHECK ((cap_minor > 0)),
    CONSTRAINT cap_usage_cap_month_check CHECK ((EXTRACT(day FROM cap_month) = (1)::numeric)),
    CONSTRAINT cap_usage_used_minor_check CHECK ((used_minor >= 0)),
    CONSTRAINT cap_usage_within_cap CHECK ((used_minor <= cap_minor))
)
WITH (fillfactor='70');

CREATE TABLE public.cashback_credits (
    purchase_id uuid NOT NULL,
    user_id uuid NOT NULL,
    amount_minor bigint NOT NULL,
    offer_id uuid,
    cap_month date NOT NULL,
    cap_used_before_minor bigint,
    credited_at timestamp with time zone NOT NULL,
    CONSTRAINT cashback_credits_amount_minor_check CHECK ((amount_minor >= 0)),
    CONSTRAINT cashback_credits_cap_month_check CHECK ((EXTRACT(day FROM cap_month) = (1)::numeric)),
    CONSTRAINT cashback_credits_cap_used_before_minor_check CHECK ((cap_used_before_minor >= 0)),
    CONSTRAINT cashback_credits_check CHECK (((offer_id IS NULL) = (cap_used_before_minor IS NULL)))
);

CREATE TABLE public.crediting_batches (
    id bigint NOT NULL,
    shard smallint NOT NULL,
    purchase_ids uuid[] NOT NULL,
    user_ids uuid[] NOT NULL,
    ingested_at timestamp with time zone NOT NULL,
    CONSTRAINT crediting_batches_check CHECK ((cardinality(user_ids) = cardinality(purchase_ids))),
    CONSTRAINT crediting_batches_purchase_ids_check CHECK ((cardinality(purchase_ids) > 0)),
    CONSTRAINT crediting_batches_shard_check CHECK (((shard >= 0) AND (shard <= 7)))
);

ALTER TABLE public.crediting_batches ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.crediting_batches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.crediting_setbacks (
    purchase_id uuid NOT NULL,
    user_id uuid NOT NULL,
    attempts integer NOT NULL,
    failed_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    CONSTRAINT crediting_setbacks_attempts_check CHECK ((attempts > 0))
);

CREATE TABLE public.event_cursors (
    follower text NOT NULL,
    transaction_id bigint NOT NULL,
    serial bigint NOT NULL,
    moved_at timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.event_log (
    transaction_id bigint DEFAULT public.event_log_transaction() NOT NULL,
    serial bigint NOT NULL,
    type text NOT NULL,
    payload text NOT NULL,
    occurred_at timestamp with time zone NOT NULL
);

CREATE TABLE public.event_log_offset (
    only_row boolean DEFAULT true NOT NULL,
    transactions bigint NOT NULL,
    CONSTRAINT event_log_offset_only_row_check CHECK (only_row),
    CONSTRAINT event_log_offset_transactions_check CHECK ((transactions >= 0))
);

ALTER TABLE public.event_log ALTER COLUMN serial ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.event_log_serial_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.feature_flags (
    id uuid NOT NULL,
    key text NOT NULL,
    scope_type text NOT NULL,
    scope_id uuid,
    enabled boolean NOT NULL,
    description text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT feature_flags_check CHECK (((scope_id IS NULL) = (scope_type = 'global'::text))),
    CONSTRAINT feature_flags_description_check CHECK ((char_length(description) <= 1000)),
    CONSTRAINT feature_flags_key_check CHECK ((key ~ '^[a-z][a-z0-9_]{0,99}$'::text)),
    CONSTRAINT feature_flags_scope_type_check CHECK ((scope_type = ANY (ARRAY['global'::text, 'merchant'::text, 'user'::text])))
);

CREATE TABLE public.flyway_schema_history (
    installed_rank integer NOT NULL,
    version character varying(50),
    description character varying(200) NOT NULL,
    type character varying(20) NOT NULL,
    script character varying(1000) NOT NULL,
    checksum integer,
    installed_by character varying(100) NOT NULL,
    installed_on timestamp without time zone DEFAULT now() NOT NULL,
    execution_time integer NOT NULL,
    success boolean NOT NULL
);

CREATE TABLE public.ledger_transfers (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    debit text NOT NULL,
    credit text NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    purchase_id uuid,
    payout_id uuid,
    refund_id uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT ledger_transfers_accounts CHECK ((((((((((((kind = 'cashback_credit'::text) AND (debit = 'outside'::text) AND (credit = 'pending'::text)) OR ((kind = 'cashback_confirmed'::text) AND (debit = 'pending'::text) AND (credit = 'available'::text))) OR ((kind = 'cashback_rejected'::text) AND (debit = 'pending'::text) AND (credit = 'outside'::text))) OR ((kind = 'cashback_refunded'::text) AND (debit = 'pending'::text) AND (credit = 'outside'::text))) OR ((kind = 'cashback_refunded'::text) AND (debit = 'available'::text) AND (credit = 'outside'::text))) OR ((kind = 'cashback_reversed'::text) AND (debit = 'pending'::text) AND (credit = 'outside'::text))) OR ((kind = 'cashback_reversed'::text) AND (debit = 'available'::text) AND (credit = 'outside'::text))) OR ((kind = 'payout_requested'::text) AND (debit = 'available'::text) AND (credit = 'reserved'::text))) OR ((kind = 'payout_completed'::text) AND (debit = 'reserved'::text) AND (credit = 'paid'::text))) OR ((kind = 'payout_failed'::text) AND (debit = 'reserved'::text) AND (credit = 'available'::text)))),
    CONSTRAINT ledger_transfers_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT ledger_transfers_check CHECK ((num_nonnulls(purchase_id, payout_id) = 1)),
    CONSTRAINT ledger_transfers_currency_check CHECK ((currency = 'EUR'::text)),
    CONSTRAINT ledger_transfers_refund CHECK (((refund_id IS NOT NULL) = (kind = 'cashback_refunded'::text)))
);

CREATE TABLE public.merchants (
    id uuid NOT NULL,
    name text NOT NULL,
    default_percentage_e4 bigint NOT NULL,
    active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT merchants_default_percentage_e4_check CHECK (((default_percentage_e4 >= 0) AND (default_percentage_e4 <= 1000000))),
    CONSTRAINT merchants_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 255)))
);

CREATE TABLE public.offers (
    id uuid NOT NULL,
    merchant_id uuid NOT NULL,
    cashback_type text NOT NULL,
    cashback_value_e4 bigint NOT NULL,
    monthly_cap_minor bigint NOT NULL,
    start_date date NOT NULL,
    end_date date NOT NULL,
    active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT offers_cashback_type_check CHECK ((cashback_type = ANY (ARRAY['percent'::text, 'fixed'::text]))),
    CONSTRAINT offers_cashback_value_e4_check CHECK (((cashback_value_e4 > 0) AND (cashback_value_e4 <= '99999999999900'::bigint))),
    CONSTRAINT offers_check CHECK ((end_date >= start_date)),
    CONSTRAINT offers_monthly_cap_minor_check CHECK (((monthly_cap_minor >= 1) AND (monthly_cap_minor <= '999999999999'::bigint)))
);

CREATE TABLE public.partner_events (
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    external_id text NOT NULL,
    kind text NOT NULL,
    reason text,
    refund_id text,
    amount_minor bigint,
    occurred_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    cause text NOT NULL,
    outcome text,
    CONSTRAINT partner_events_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT partner_events_check CHECK (((reason IS NOT NULL) = (kind = 'rejected'::text))),
    CONSTRAINT partner_events_check1 CHECK (((refund_id IS NOT NULL) = (kind = 'refunded'::text))),
    CONSTRAINT partner_events_check2 CHECK (((amount_minor IS NOT NULL) = (kind = 'refunded'::text))),
    CONSTRAINT partner_events_external_id_check CHECK (((char_length(external_id) >= 1) AND (char_length(external_id) <= 255))),
    CONSTRAINT partner_events_kind_check CHECK ((kind = ANY (ARRAY['confirmed'::text, 'rejected'::text, 'refunded'::text])))
);

CREATE TABLE public.partner_secrets (
    id uuid NOT NULL,
    partner_id uuid NOT NULL,
    secret bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT partner_secrets_secret_check CHECK (((octet_length(secret) >= 24) AND (octet_length(secret) <= 64)))
);

CREATE TABLE public.partners (
    id uuid NOT NULL,
    name text NOT NULL,
    active boolean NOT NULL,
    confirmed_by text DEFAULT 'verification'::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT partners_confirmed_by_check CHECK ((confirmed_by = ANY (ARRAY['verification'::text, 'partner'::text]))),
    CONSTRAINT partners_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 255)))
);

CREATE TABLE public.payout_idempotency_keys (
    user_id uuid NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    payout_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT payout_idempotency_keys_fingerprint_check CHECK ((octet_length(fingerprint) = 32)),
    CONSTRAINT payout_idempotency_keys_key_check CHECK ((key ~ '^[ -~]{1,255}$'::text))
);

CREATE TABLE public.payouts (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    method text NOT NULL,
    destination bytea NOT NULL,
    key_id text NOT NULL,
    iban_last4 text NOT NULL,
    status text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    processed_at timestamp with time zone,
    external_reference text,
    failure_reason text,
    CONSTRAINT payouts_amount_minor_check CHECK (((amount_minor >= 1) AND (amount_minor <= '999999999999'::bigint))),
    CONSTRAINT payouts_check CHECK (((processed_at IS NOT NULL) = (status = ANY (ARRAY['completed'::text, 'failed'::text])))),
    CONSTRAINT payouts_currency_check CHECK ((currency = 'EUR'::text)),
    CONSTRAINT payouts_external_reference_check CHECK (((char_length(external_reference) >= 1) AND (char_length(external_reference) <= 255))),
    CONSTRAINT payouts_failure_reason_check CHECK (((char_length(failure_reason) >= 1) AND (char_length(failure_reason) <= 1000))),
    CONSTRAINT payouts_failure_reasoned CHECK (((failure_reason IS NOT NULL) = (status = 'failed'::text))),
    CONSTRAINT payouts_iban_last4_check CHECK ((char_length(iban_last4) = 4)),
    CONSTRAINT payouts_method_check CHECK ((method = 'bank_transfer'::text)),
    CONSTRAINT payouts_status_check CHECK ((status = ANY (ARRAY['requested'::text, 'processing'::text, 'completed'::text, 'failed'::text])))
);

CREATE TABLE public.purchases (
    id uuid NOT NULL,
    partner_id uuid,
    external_id text NOT NULL,
    user_id uuid NOT NULL,
    merchant_id uuid NOT NULL,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    purchased_at timestamp with time zone NOT NULL,
    purchased_at_stated boolean NOT NULL,
    offer_id uuid,
    cashback_type text NOT NULL,
    cashback_value_e4 bigint NOT NULL,
    monthly_cap_minor bigint,
    cashback_minor bigint NOT NULL,
    refunded_minor bigint DEFAULT 0 NOT NULL,
    status text DEFAULT 'pending'::text NOT NULL,
    rejection_reason text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT purchases_amount_minor_check CHECK (((amount_minor >= 1) AND (amount_minor <= '999999999999'::bigint))),
    CONSTRAINT purchases_cashback_type_check CHECK ((cashback_type = ANY (ARRAY['percent'::text, 'fixed'::text]))),
    CONSTRAINT purchases_cashback_value_e4_check CHECK ((cashback_value_e4 > 0)),
    CONSTRAINT purchases_check CHECK (((cashback_minor >= 0) AND (cashback_minor <= amount_minor))),
    CONSTRAINT purchases_check1 CHECK (((rejection_reason IS NULL) = (status <> 'rejected'::text))),
    CONSTRAINT purchases_check2 CHECK (((offer_id IS NULL) = (monthly_cap_minor IS NULL))),
    CONSTRAINT purchases_currency_check CHECK ((currency = 'EUR'::text)),
    CONSTRAINT purchases_external_id_check CHECK (((char_length(external_id) >= 1) AND (char_length(external_id) <= 255))),
    CONSTRAINT purchases_monthly_cap_minor_check CHECK ((monthly_cap_minor > 0)),
    CONSTRAINT purchases_refunded_in_full CHECK (((refunded_minor < amount_minor) OR (status = 'reversed'::text))),
    CONSTRAINT purchases_refunded_within_amount CHECK (((refunded_minor >= 0) AND (refunded_minor <= amount_minor))),
    CONSTRAINT purchases_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'confirmed'::text, 'rejected'::text, 'reversed'::text])))
)
WITH (fillfactor='85');

CREATE TABLE public.refresh_tokens (
    token_hash bytea NOT NULL,
    family_id uuid NOT NULL,
    token_id uuid NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    rotated_at timestamp with time zone,
    CONSTRAINT refresh_tokens_token_hash_check CHECK ((octet_length(token_hash) = 32))
);

CREATE TABLE public.refunds (
    id uuid NOT NULL,
    purchase_id uuid NOT NULL,
    external_id text NOT NULL,
    amount_minor bigint NOT NULL,
    cashback_minor bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT refunds_amount_minor_check CHECK ((amount_minor > 0)),
    CONSTRAINT refunds_cashback_minor_check CHECK ((cashback_minor >= 0)),
    CONSTRAINT refunds_external_id_check CHECK (((char_length(external_id) >= 1) AND (char_length(external_id) <= 255)))
);

CREATE TABLE public.token_families (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone
);

CREATE TABLE public.users (
    id uuid NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    password_hash text NOT NULL,
    role text NOT NULL,
    active boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT users_email_check CHECK (((char_length(email) >= 3) AND (char_length(email) <= 254))),
    CONSTRAINT users_role_check CHECK ((role = ANY (ARRAY['user'::text, 'admin'::text])))
);

CREATE TABLE public.verification_batches (
    id bigint NOT NULL,
    purchase_ids uuid[] NOT NULL,
    due_at timestamp with time zone NOT NULL,
    CONSTRAINT verification_batches_purchase_ids_check CHECK ((cardinality(purchase_ids) > 0))
);

ALTER TABLE public.verification_batches ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.verification_batches_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.verifications (
    purchase_id uuid NOT NULL,
    user_id uuid NOT NULL,
    merchant_id uuid NOT NULL,
    partner_id uuid,
    due_at timestamp with time zone,
    attempts smallint DEFAULT 0 NOT NULL,
    CONSTRAINT verifications_attempts_check CHECK ((attempts >= 0))
);

CREATE TABLE public.wallets (
    user_id uuid NOT NULL,
    pending_minor bigint DEFAULT 0 NOT NULL,
    available_minor bigint DEFAULT 0 NOT NULL,
    reserved_minor bigint DEFAULT 0 NOT NULL,
    paid_minor bigint DEFAULT 0 NOT NULL,
    version bigint DEFAULT 0 NOT NULL,
    CONSTRAINT wallets_paid_minor_check CHECK ((paid_minor >= 0)),
    CONSTRAINT wallets_pending_minor_check CHECK ((pending_minor >= 0)),
    CONSTRAINT wallets_reserved_minor_check CHECK ((reserved_minor >= 0))
)
WITH (fillfactor='70');

INSERT INTO public.audit_log VALUES
	('01a21823-d6d7-7000-9324-2a5c0918f164', '2026-11-26 13:55:31.670782+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', 'aa000001-0000-0000-0000-000000000001', 'success', '{"amount": "100.00", "currency": "EUR", "merchant_id": "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d", "cashback_amount": "5.00"}', 'verification:2026-11-26T13:55:30.845407Z'),
	('01a21823-d6d7-7001-928d-228f06b9185c', '2026-11-26 13:55:31.670782+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', 'aa000001-0000-0000-0000-000000000011', 'success', '{"amount": "90.00", "currency": "EUR", "merchant_id": "f6a7b8c9-d0e1-4f2a-3b4c-5d6e7f8a9b0c", "cashback_amount": "5.40"}', 'verification:2026-11-26T13:55:30.845407Z'),
	('01a21823-d6d7-7002-bdc3-2b515c77f470', '2026-11-26 13:55:31.670782+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', 'aa000001-0000-0000-0000-000000000003', 'success', '{"amount": "75.00", "currency": "EUR", "merchant_id": "b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e", "cashback_amount": "3.00"}', 'verification:2026-11-26T13:55:30.845407Z'),
	('01a21823-d6d7-7003-a261-9a23b24c1efd', '2026-11-26 13:55:31.670782+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', 'aa000001-0000-0000-0000-000000000002', 'success', '{"amount": "50.00", "currency": "EUR", "merchant_id": "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d", "cashback_amount": "2.50"}', 'verification:2026-11-26T13:55:30.845407Z'),
	('01a21823-d6d7-7004-a3f2-c1802c43a163', '2026-11-26 13:55:31.670782+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', 'aa000001-0000-0000-0000-000000000004', 'success', '{"amount": "200.00", "currency": "EUR", "merchant_id": "f6a7b8c9-d0e1-4f2a-3b4c-5d6e7f8a9b0c", "cashback_amount": "12.00"}', 'verification:2026-11-26T13:55:30.845407Z'),
	('01a21823-d6d7-7005-93e7-ff32d8552c70', '2026-11-26 13:55:31.670782+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', 'aa000001-0000-0000-0000-000000000007', 'success', '{"amount": "80.00", "currency": "EUR", "merchant_id": "b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e", "cashback_amount": "3.00"}', 'verification:2026-11-26T13:55:30.845407Z'),
	('01a21823-d6d7-7006-9bfa-a8272568636d', '2026-11-26 13:55:31.670782+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', 'aa000001-0000-0000-0000-000000000009', 'success', '{"amount": "60.00", "currency": "EUR", "merchant_id": "f6a7b8c9-d0e1-4f2a-3b4c-5d6e7f8a9b0c", "cashback_amount": "3.60"}', 'verification:2026-11-26T13:55:30.845407Z'),
	('01a21823-ead3-7000-855a-4ccf88dc9ea2', '2026-11-26 13:55:36.787603+00', 'user', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'USER_REGISTERED', 'user', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'success', '{"role": "user"}', '50a2e5ab-3642-4f83-b2eb-bb26cab8c8cd'),
	('01a21823-ecb6-7000-9c30-ea8570bd1106', '2026-11-26 13:55:37.270955+00', 'user', '01a21823-eada-7000-91fd-34eab0f47620', 'USER_REGISTERED', 'user', '01a21823-eada-7000-91fd-34eab0f47620', 'success', '{"role": "user"}', '559ab924-f298-4333-96ca-c1fa50d44254'),
	('01a21823-efd6-7000-a940-327e53764208', '2026-11-26 13:55:38.070567+00', 'user', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'USER_REGISTERED', 'user', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'success', '{"role": "user"}', '478e87ac-a494-48c7-a3fd-18f2b5c508dc'),
	('01a21823-f2a8-7000-ad42-6c59f9046091', '2026-11-26 13:55:38.79244+00', 'user', '01a21823-efdd-7000-b45f-abc2056b45e8', 'USER_REGISTERED', 'user', '01a21823-efdd-7000-b45f-abc2056b45e8', 'success', '{"role": "user"}', 'ecca1edc-6a23-47b8-9e78-c62abfce7bba'),
	('01a21823-fcc9-7000-be68-7f0ed693cdd4', '2026-11-26 13:55:41.385652+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'PARTNER_CREATED', 'partner', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'success', '{"name": "Own Word Network"}', 'fddf5429-a64b-4a95-853f-37b0baedb009'),
	('01a21823-fcd6-7000-95df-d629eb85a078', '2026-11-26 13:55:41.398391+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'PARTNER_SECRET_ADDED', 'partner', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'success', '{"secret_id": "01a21823-fcd4-7000-b400-e0fa9b9c22bf"}', '2a40542e-0257-4e53-91f1-4f9e61b98a28'),
	('01a21823-fce4-7000-b729-6e90a883814d', '2026-11-26 13:55:41.412255+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_CREATED', 'merchant', '01a21823-fce2-7000-abaf-c104ea3028ed', 'success', '{"name": "Capped Shop", "default_cashback_percentage": "0.0"}', 'a9a1e517-2acf-48bf-976f-a935e2e2e0d3'),
	('01a21823-fcf9-7000-94b1-c744571366ec', '2026-11-26 13:55:41.433536+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'OFFER_CREATED', 'offer', '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', 'success', '{"end_date": "2027-11-26", "start_date": "2026-11-26", "merchant_id": "01a21823-fce2-7000-abaf-c104ea3028ed", "monthly_cap": "100.00", "cashback_type": "percent", "cashback_value": "10.0"}', 'c9d711df-eada-478a-a6f6-fb004c9b7e33'),
	('01a21823-fd46-7000-8bc6-462ccd6565af', '2026-11-26 13:55:41.510339+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '1', 'success', '{"purchases": "1", "cashback_amount": "100.00"}', 'crediting:1'),
	('01a21823-fdd5-7000-9601-0af431d92c70', '2026-11-26 13:55:41.653388+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '2', 'success', '{"purchases": "1", "cashback_amount": "0.00"}', 'crediting:2'),
	('01a21823-fe8a-7001-8b80-5faca6d91697', '2026-11-26 13:55:41.834575+00', 'system', NULL, 'PURCHASE_REJECTED', 'purchase', '01a21823-fd0e-7000-bac3-2c2ab7a632de', 'success', '{"amount": "1000.00", "reason": "cancelled", "currency": "EUR", "merchant_id": "01a21823-fce2-7000-abaf-c104ea3028ed"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:d91484d4-89c9-4ba5-af4e-758dc5d87d2a'),
	('01a21823-fed2-7000-85e5-a88e7d521995', '2026-11-26 13:55:41.90648+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '3', 'success', '{"purchases": "1", "cashback_amount": "30.00"}', 'crediting:3'),
	('01a21823-ff6f-7001-8a89-a6fd8349f7e5', '2026-11-26 13:55:42.063935+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '4', 'success', '{"purchases": "1", "cashback_amount": "70.00"}', 'crediting:4'),
	('01a21824-002e-7001-801c-994995d06f05', '2026-11-26 13:55:42.254511+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', '01a21823-fecc-7000-98ef-f181e2feeb7c', 'success', '{"amount": "300.00", "currency": "EUR", "merchant_id": "01a21823-fce2-7000-abaf-c104ea3028ed", "cashback_amount": "30.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:6775399f-1f08-4edb-bf26-1625be75ad7d'),
	('01a21824-009e-7000-9d9d-484a2027e67a', '2026-11-26 13:55:42.366572+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '5', 'success', '{"purchases": "1", "cashback_amount": "100.00"}', 'crediting:5'),
	('01a21824-0116-7000-9b9b-212bae76909a', '2026-11-26 13:55:42.486403+00', 'system', NULL, 'PURCHASE_REFUNDED', 'purchase', '01a21824-006b-7000-850a-837a23bea62f', 'success', '{"amount": "1000.00", "currency": "EUR", "refund_id": "half-r1", "cashback_amount": "50.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:9e599c9b-36b5-43b5-905e-bb1ed4da5c82'),
	('01a21824-0163-7000-9c55-cca571af79fa', '2026-11-26 13:55:42.563162+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '6', 'success', '{"purchases": "1", "cashback_amount": "10.00"}', 'crediting:6'),
	('01a21824-01f3-7000-ac4e-180870a35acc', '2026-11-26 13:55:42.70718+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', '01a21824-006b-7000-850a-837a23bea62f', 'success', '{"amount": "2000.00", "currency": "EUR", "merchant_id": "01a21823-fce2-7000-abaf-c104ea3028ed", "cashback_amount": "50.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:bd510dd0-7622-4737-a197-01b7a44610c1'),
	('01a21824-024b-7001-8c87-0c21b105a57b', '2026-11-26 13:55:42.795502+00', 'system', NULL, 'PURCHASE_REFUNDED', 'purchase', '01a21824-006b-7000-850a-837a23bea62f', 'success', '{"amount": "100.00", "currency": "EUR", "refund_id": "half-r2", "cashback_amount": "5.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:cbc0a3e0-4a1c-45c7-a07a-999353f3609b'),
	('01a21824-028f-7000-a2eb-33f0e5d896b1', '2026-11-26 13:55:42.863743+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_CREATED', 'merchant', '01a21824-0287-7000-adc1-cfd367d4c84e', 'success', '{"name": "Plain Shop", "default_cashback_percentage": "10.0"}', '6fc4d90a-e6db-4989-8937-fc0e10abedb1'),
	('01a21824-02ab-7000-8149-feac068de2f8', '2026-11-26 13:55:42.891524+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '7', 'success', '{"purchases": "1", "cashback_amount": "0.10"}', 'crediting:7'),
	('01a21824-034e-7002-b593-69c8f51fc22d', '2026-11-26 13:55:43.054729+00', 'system', NULL, 'PURCHASE_REFUNDED', 'purchase', '01a21824-0297-7000-b4c8-5d7a1d8302cd', 'success', '{"amount": "0.14", "currency": "EUR", "refund_id": "round-r1", "cashback_amount": "0.01"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:74d2f77b-72e4-4a26-a13d-c90fa781202b'),
	('01a21824-0397-7000-a007-7253fdaac399', '2026-11-26 13:55:43.127516+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '8', 'success', '{"purchases": "1", "cashback_amount": "10.00"}', 'crediting:8'),
	('01a21824-0479-7002-b1a8-cf328001c439', '2026-11-26 13:55:43.353808+00', 'system', NULL, 'PURCHASE_REFUNDED', 'purchase', '01a21824-0393-7000-8ed2-f6169f4e6c23', 'success', '{"amount": "40.00", "currency": "EUR", "refund_id": "round-r2", "cashback_amount": "4.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:9260aaa7-abb9-4e44-b76b-a556279e746c'),
	('01a21824-0435-7001-aded-ca7e4a2ad563', '2026-11-26 13:55:43.285558+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', '01a21824-0393-7000-8ed2-f6169f4e6c23', 'success', '{"amount": "100.00", "currency": "EUR", "merchant_id": "01a21824-0287-7000-adc1-cfd367d4c84e", "cashback_amount": "10.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:0d450c78-38bc-43d9-89ab-f576d646cad2'),
	('01a21824-0dcf-7003-8544-dc829b092f74', '2026-11-26 13:55:45.743948+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', '01a21824-0d9b-7000-8383-a2a768459545', 'success', '{"amount": "60.00", "currency": "EUR", "merchant_id": "01a21824-0287-7000-adc1-cfd367d4c84e", "cashback_amount": "6.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:a97a596f-1942-4437-bd97-530c8bdf496a'),
	('01a21824-0dcf-7004-b970-0884ba515bff', '2026-11-26 13:55:45.743948+00', 'system', NULL, 'PURCHASE_REFUNDED', 'purchase', '01a21824-0d9b-7000-8383-a2a768459545', 'success', '{"amount": "10.00", "currency": "EUR", "refund_id": "later-r1", "cashback_amount": "1.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:648b9290-6a8e-466f-b93e-35937e55021d'),
	('01a21824-1716-7000-a80a-6f26458d6b64', '2026-11-26 13:55:48.118097+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', '01a21824-1645-7000-83a9-4fcb358246f2', 'success', '{"amount": "300.00", "currency": "EUR", "merchant_id": "01a21824-155c-7000-b594-ec531c7757ce", "cashback_amount": "60.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:eeac9454-497c-449f-8abf-0e1383ec0f3a'),
	('01a21824-1820-7001-9d16-3549350e97ff', '2026-11-26 13:55:48.38466+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', '01a21824-1753-7000-bf0a-48c8df7b18aa', 'success', '{"amount": "500.00", "currency": "EUR", "merchant_id": "01a21824-155c-7000-b594-ec531c7757ce", "cashback_amount": "100.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:a2e6f7d9-e2a2-4b2c-a88f-3e16094ae3e8'),
	('01a21824-04c7-7001-8dda-a5cd920aee5a', '2026-11-26 13:55:43.431917+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '9', 'success', '{"purchases": "1", "cashback_amount": "5.00"}', 'crediting:9'),
	('01a21824-0643-7000-beb9-ed4d0d70dba4', '2026-11-26 13:55:43.811627+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'OFFER_CREATED', 'offer', '01a21824-0642-7000-b6be-c5237c253544', 'success', '{"end_date": "2027-11-26", "start_date": "2026-11-26", "merchant_id": "01a21824-063b-7000-aca2-40dde58c9e3d", "monthly_cap": "20.00", "cashback_type": "fixed", "cashback_value": "3.0"}', '88813147-b6da-433f-801c-bb4b6759ffe9'),
	('01a21824-064f-7000-a1a4-3a5425c29be4', '2026-11-26 13:55:43.823943+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '10', 'success', '{"purchases": "1", "cashback_amount": "3.00"}', 'crediting:10'),
	('01a21824-0762-7000-bc70-6dcc6c4b64b4', '2026-11-26 13:55:44.098658+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '11', 'success', '{"purchases": "1", "cashback_amount": "2.00"}', 'crediting:11'),
	('01a21824-07fb-7000-a3b2-545c87536e2d', '2026-11-26 13:55:44.251106+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'OFFER_CREATED', 'offer', '01a21824-07fa-7000-9393-c7ea42d95f33', 'success', '{"end_date": "2027-11-26", "start_date": "2026-11-26", "merchant_id": "01a21824-07f4-7000-b516-dd58ae806a7e", "monthly_cap": "5.00", "cashback_type": "percent", "cashback_value": "10.0"}', '5bd8533e-071b-49c4-8bdc-2aec85ea7214'),
	('01a21824-0808-7000-b1e4-7b9fac94162d', '2026-11-26 13:55:44.264134+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '12', 'success', '{"purchases": "1", "cashback_amount": "4.00"}', 'crediting:12'),
	('01a21824-08be-7000-9bd5-a4dc9e984ea4', '2026-11-26 13:55:44.446059+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '13', 'success', '{"purchases": "1", "cashback_amount": "1.00"}', 'crediting:13'),
	('01a21824-0954-7000-933a-02847b65c0d6', '2026-11-26 13:55:44.596031+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '14', 'success', '{"purchases": "1", "cashback_amount": "0.00"}', 'crediting:14'),
	('01a21824-0a4f-7001-a2cf-efd6d5f2c4e9', '2026-11-26 13:55:44.847761+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '15', 'success', '{"purchases": "1", "cashback_amount": "3.00"}', 'crediting:15'),
	('01a21824-0afd-7000-a150-eaf33a5d17a1', '2026-11-26 13:55:45.021523+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '16', 'success', '{"purchases": "1", "cashback_amount": "3.00"}', 'crediting:16'),
	('01a21824-0bc7-7000-af1d-4a90be97310f', '2026-11-26 13:55:45.223364+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '17', 'success', '{"purchases": "1", "cashback_amount": "3.00"}', 'crediting:17'),
	('01a21824-0dc7-7000-aa39-9f7942024bef', '2026-11-26 13:55:45.73589+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '18', 'success', '{"purchases": "1", "cashback_amount": "6.00"}', 'crediting:18'),
	('01a21824-1196-7000-af8e-4a401bf69eb3', '2026-11-26 13:55:46.710676+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '19', 'success', '{"purchases": "1", "cashback_amount": "0.40"}', 'crediting:19'),
	('01a21824-125c-7001-a321-edd5e25f25fe', '2026-11-26 13:55:46.908826+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'OFFER_CREATED', 'offer', '01a21824-125c-7000-8f6a-be85c19a1c7f', 'success', '{"end_date": "2026-12-26", "start_date": "2026-11-26", "merchant_id": "01a21824-1259-7000-bd61-dd83420ce3ad", "monthly_cap": "40.00", "cashback_type": "percent", "cashback_value": "8.0"}', 'b3fd9e11-42fd-480a-b1bf-5a5dd6da75ee'),
	('01a21824-1272-7000-8c3a-4d4a008f8183', '2026-11-26 13:55:46.930676+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '20', 'success', '{"purchases": "1", "cashback_amount": "0.80"}', 'crediting:20'),
	('01a21824-131b-7000-a49c-43d8a9d174a5', '2026-11-26 13:55:47.099279+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'OFFER_DEACTIVATED', 'offer', '01a21824-125c-7000-8f6a-be85c19a1c7f', 'success', '{"merchant_id": "01a21824-1259-7000-bd61-dd83420ce3ad"}', '6a05d403-71bb-447c-936d-9683a13346e6'),
	('01a21824-1323-7000-bba2-a6eba1b6ff99', '2026-11-26 13:55:47.107389+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'OFFER_CREATED', 'offer', '01a21824-1322-7000-8995-c8746d3d4c3c', 'success', '{"end_date": "2026-12-26", "start_date": "2026-11-26", "merchant_id": "01a21824-1259-7000-bd61-dd83420ce3ad", "monthly_cap": "40.00", "cashback_type": "percent", "cashback_value": "9.0"}', 'dc2ddf10-61d6-4793-a379-588cf982db9d'),
	('01a21824-1329-7000-8028-94e4b74ae7d4', '2026-11-26 13:55:47.113582+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'OFFER_DEACTIVATED', 'offer', '01a21824-1322-7000-8995-c8746d3d4c3c', 'success', '{"merchant_id": "01a21824-1259-7000-bd61-dd83420ce3ad"}', 'e88ca201-5953-4036-acf9-6a2f71302d9c'),
	('01a21824-132c-7000-b62f-756224a98664', '2026-11-26 13:55:47.11684+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'OFFER_ACTIVATED', 'offer', '01a21824-125c-7000-8f6a-be85c19a1c7f', 'success', '{"merchant_id": "01a21824-1259-7000-bd61-dd83420ce3ad"}', '375c28bc-159a-47d0-9d8b-7dcef65cff03'),
	('01a21824-132f-7001-8415-7e8bc7af326c', '2026-11-26 13:55:47.119959+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'OFFER_CREATED', 'offer', '01a21824-132f-7000-806e-6963416cb996', 'success', '{"end_date": "2027-01-25", "start_date": "2027-01-05", "merchant_id": "01a21824-0287-7000-adc1-cfd367d4c84e", "monthly_cap": "40.00", "cashback_type": "percent", "cashback_value": "12.0"}', '8ce9b513-f84c-4ece-9136-b2c4476f0ad7'),
	('01a21824-1333-7000-9148-bc3cf84cf40d', '2026-11-26 13:55:47.123985+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'OFFER_DEACTIVATED', 'offer', '01a21824-132f-7000-806e-6963416cb996', 'success', '{"merchant_id": "01a21824-0287-7000-adc1-cfd367d4c84e"}', 'b548261b-1bb9-445a-b502-f3bb078a0b7b'),
	('01a21824-133f-7000-ad8a-d98f8a2949b4', '2026-11-26 13:55:47.135246+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '21', 'success', '{"purchases": "1", "cashback_amount": "2.50"}', 'crediting:21'),
	('01a21824-1366-7005-9442-35f48431bdbf', '2026-11-26 13:55:47.174959+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '24', 'success', '{"purchases": "5", "cashback_amount": "15.00"}', 'crediting:24'),
	('01a21824-1568-7000-8c8b-1a79436ea2db', '2026-11-26 13:55:47.688026+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '25', 'success', '{"purchases": "1", "cashback_amount": "700.00"}', 'crediting:25'),
	('01a21824-1656-7000-84e0-13103125dd96', '2026-11-26 13:55:47.926071+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '26', 'success', '{"purchases": "1", "cashback_amount": "60.00"}', 'crediting:26'),
	('01a21824-175a-7000-a0bb-bd669de4bcc5', '2026-11-26 13:55:48.1861+00', 'system', NULL, 'CASHBACK_CREDITED', 'cashback_batch', '27', 'success', '{"purchases": "1", "cashback_amount": "100.00"}', 'crediting:27'),
	('01a21824-1b28-7000-a2db-7917ed2f6d8c', '2026-11-26 13:55:49.160889+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'FEATURE_FLAG_SET', 'feature_flag', '01a21824-1b25-7000-a9f1-db2cdff383b4', 'success', '{"key": "purchase_auto_confirm", "enabled": "false", "scope_id": "01a21823-efdd-7000-b45f-abc2056b45e8", "scope_type": "user"}', 'e32c8a21-1829-411b-96ee-602864c2e2d7'),
	('01a21824-058f-7002-b0f7-f60e2b989b44', '2026-11-26 13:55:43.631971+00', 'system', NULL, 'PURCHASE_REFUNDED', 'purchase', '01a21824-04bf-7000-b981-c340297e6802', 'success', '{"amount": "20.00", "currency": "EUR", "refund_id": "round-r3", "cashback_amount": "2.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:104b4da0-50a0-4f51-ae47-88244a06ea65'),
	('01a21824-05e4-7001-a8af-2aa3bd7db78f', '2026-11-26 13:55:43.716551+00', 'system', NULL, 'PURCHASE_REVERSED', 'purchase', '01a21824-04bf-7000-b981-c340297e6802', 'success', '{"amount": "50.00", "reason": "The purchase was refunded in full.", "currency": "EUR", "prior_status": "pending", "cashback_amount": "3.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:81cb93b8-2fbf-4e97-8aa6-67ccba730b43'),
	('01a21824-063c-7000-8311-2849da9b7b81', '2026-11-26 13:55:43.804447+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_CREATED', 'merchant', '01a21824-063b-7000-aca2-40dde58c9e3d', 'success', '{"name": "Fixed Shop", "default_cashback_percentage": "1.5"}', '853595ae-3ee7-46f7-8b51-0a42e2e0c2d1'),
	('01a21824-06ee-7000-b2c4-415f923b2c48', '2026-11-26 13:55:43.982313+00', 'system', NULL, 'PURCHASE_REFUNDED', 'purchase', '01a21824-0649-7000-9361-ac4c5950e9bd', 'success', '{"amount": "40.00", "currency": "EUR", "refund_id": "fixed-r1", "cashback_amount": "1.50"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:dfa3a7af-5624-495f-889b-e2d433242c25'),
	('01a21824-07f5-7000-acb5-9cdfdfac1dc4', '2026-11-26 13:55:44.245573+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_CREATED', 'merchant', '01a21824-07f4-7000-b516-dd58ae806a7e', 'success', '{"name": "Tight Shop", "default_cashback_percentage": "0.0"}', '50e8baf3-2770-46ab-8bec-66e1790629b6'),
	('01a21824-0a10-7001-8b40-1dff4a84b56b', '2026-11-26 13:55:44.784813+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', '01a21824-08a4-7000-b27e-5c586f554a6c', 'success', '{"amount": "40.00", "currency": "EUR", "merchant_id": "01a21824-07f4-7000-b516-dd58ae806a7e", "cashback_amount": "1.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:94cb35f3-7dbd-47d3-bc45-6a456d223a42'),
	('01a21824-0aea-7001-902e-48323cc3713a', '2026-11-26 13:55:45.002213+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'PURCHASE_CONFIRMED', 'purchase', '01a21824-0a4b-7000-b62b-cc8a35be6c79', 'success', '{"amount": "30.00", "currency": "EUR", "merchant_id": "01a21824-0287-7000-adc1-cfd367d4c84e", "cashback_amount": "3.00"}', 'b4f951b1-7dea-4afc-bef1-70a1f695b2be'),
	('01a21824-0ba7-7001-82e1-d0185d008230', '2026-11-26 13:55:45.191974+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'PURCHASE_REJECTED', 'purchase', '01a21824-0af2-7000-bf3f-210a1400dc4d', 'success', '{"amount": "30.00", "reason": "by an admin", "currency": "EUR", "merchant_id": "01a21824-0287-7000-adc1-cfd367d4c84e"}', 'ef81f9b6-542b-42fd-b225-5ee29025d34a'),
	('01a21824-0c9c-7001-9ccf-dae16e232bf7', '2026-11-26 13:55:45.43664+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'PURCHASE_REVERSED', 'purchase', '01a21824-0bb6-7000-a201-2482f93fdcc4', 'success', '{"amount": "30.00", "reason": "by an admin", "currency": "EUR", "prior_status": "pending", "cashback_amount": "3.00"}', 'e7c8a66b-b6dc-4aa7-aef1-83e924959a05'),
	('01a21824-118c-7000-9c91-f87e98cf09ae', '2026-11-26 13:55:46.700457+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_CREATED', 'merchant', '01a21824-118b-7000-99d3-55bed0b90e71', 'success', '{"name": "Toggled Shop", "default_cashback_percentage": "4.0"}', 'c05d36cf-a11f-4548-a04f-8bf40b32ea6f'),
	('01a21824-1237-7000-a832-7ce18d90b3fd', '2026-11-26 13:55:46.871083+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_DEACTIVATED', 'merchant', '01a21824-118b-7000-99d3-55bed0b90e71', 'success', '{"name": "Toggled Shop"}', 'f7568fee-12c8-4b36-9105-a5f332e4714a'),
	('01a21824-123d-7000-b11e-1dacbefbbe35', '2026-11-26 13:55:46.877416+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_ACTIVATED', 'merchant', '01a21824-118b-7000-99d3-55bed0b90e71', 'success', '{"name": "Toggled Shop"}', '87014f59-2539-4c7b-98ec-07d50b9182e8'),
	('01a21824-124e-7000-a049-9baa67aae2ff', '2026-11-26 13:55:46.894326+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_DEACTIVATED', 'merchant', '01a21824-118b-7000-99d3-55bed0b90e71', 'success', '{"name": "Toggled Shop"}', 'bb241b96-3dd7-40e9-8cfa-0a796aa0191e'),
	('01a21824-1251-7001-b0b2-5141cb056fd2', '2026-11-26 13:55:46.897392+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_CREATED', 'merchant', '01a21824-1251-7000-9d47-cb1aeef85cef', 'success', '{"name": "Asleep Shop", "default_cashback_percentage": "4.0"}', '60779b21-1633-4d1f-bfee-6b8d8e309372'),
	('01a21824-1254-7001-a06c-8e52e1575e78', '2026-11-26 13:55:46.90062+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_CREATED', 'merchant', '01a21824-1254-7000-8cd5-b79c7e5151e7', 'success', '{"name": "Woken Shop", "default_cashback_percentage": "4.0"}', '2e1ad6e6-2c16-460c-956f-a4d179690069'),
	('01a21824-1258-7000-abd6-1eacc7725d52', '2026-11-26 13:55:46.903999+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_ACTIVATED', 'merchant', '01a21824-1254-7000-8cd5-b79c7e5151e7', 'success', '{"name": "Woken Shop"}', 'ad742a56-838e-4473-85ad-5fd890269805'),
	('01a21824-1259-7001-9743-b12dab316891', '2026-11-26 13:55:46.90592+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_CREATED', 'merchant', '01a21824-1259-7000-bd61-dd83420ce3ad', 'success', '{"name": "Offer Toggles", "default_cashback_percentage": "2.0"}', '8e616c48-14ea-46c5-8d47-54f63fb8aad4'),
	('01a21824-155d-7000-9bde-b564afde8b96', '2026-11-26 13:55:47.67732+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'MERCHANT_CREATED', 'merchant', '01a21824-155c-7000-b594-ec531c7757ce', 'success', '{"name": "Big Shop", "default_cashback_percentage": "20.0"}', '41d776a3-6835-4142-b3f0-1fa20dfdc1d7'),
	('01a21824-1601-7001-a00d-887714da5b06', '2026-11-26 13:55:47.841493+00', 'system', NULL, 'PURCHASE_CONFIRMED', 'purchase', '01a21824-1561-7000-a04a-30a59d370eae', 'success', '{"amount": "3500.00", "currency": "EUR", "merchant_id": "01a21824-155c-7000-b594-ec531c7757ce", "cashback_amount": "700.00"}', 'partner:01a21823-fcc4-7000-b7ac-d5fe26c4dfed request:0c566ae6-ff39-4b43-97a4-f75e38d016d9'),
	('01a21824-1aa4-7000-930b-40493a144b0f', '2026-11-26 13:55:49.028698+00', 'user', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'PAYOUT_REQUESTED', 'payout', '01a21824-1a9f-7000-b475-613c23fb120f', 'success', '{"amount": "600.00", "iban_last4": "3000"}', '6afe7a96-5dcb-4bde-8cd3-0c4600f6b6d7'),
	('01a21824-1ad7-7002-aaf2-600a1ab802d7', '2026-11-26 13:55:49.079535+00', 'user', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'PAYOUT_REQUESTED', 'payout', '01a21824-1ad7-7000-93ec-c8e6b707fa4f', 'success', '{"amount": "20.00", "iban_last4": "3000"}', 'e5c64b26-b49d-488f-bd4d-e021101ca6ff'),
	('01a21824-1ade-7002-930b-5fc34de450d3', '2026-11-26 13:55:49.086952+00', 'user', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'PAYOUT_REQUESTED', 'payout', '01a21824-1ade-7000-b63e-67f9a343fab7', 'success', '{"amount": "15.00", "iban_last4": "3000"}', '2a61ecfc-39a8-49cf-b0fd-a46be93c7dfd'),
	('01a21824-1aec-7002-a05c-97ab54ef6876', '2026-11-26 13:55:49.100498+00', 'user', '01a21823-eada-7000-91fd-34eab0f47620', 'PAYOUT_REQUESTED', 'payout', '01a21824-1aec-7000-90b9-b96c05596303', 'success', '{"amount": "40.00", "iban_last4": "3000"}', '1fe19bd1-dd80-43c9-b32c-f54fe747a749'),
	('01a21824-1afc-7000-add8-fc77cc869b63', '2026-11-26 13:55:49.116955+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'PAYOUT_PROCESSED', 'payout', '01a21824-1a9f-7000-b475-613c23fb120f', 'success', '{"amount": "600.00", "status": "processing", "prior_status": "requested", "failure_reason": null, "external_reference": null}', '4cc29f2a-c56d-4134-86fc-2e7cda1efa60'),
	('01a21824-1b04-7000-b54b-68a70ff7c917', '2026-11-26 13:55:49.124777+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'PAYOUT_PROCESSED', 'payout', '01a21824-1ad7-7000-93ec-c8e6b707fa4f', 'success', '{"amount": "20.00", "status": "processing", "prior_status": "requested", "failure_reason": null, "external_reference": null}', 'ab112de2-63af-4ccc-add4-bb0e07ef80fa'),
	('01a21824-1b0d-7001-96a6-08d968465259', '2026-11-26 13:55:49.133995+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1b', 'PAYOUT_PROCESSED', 'payout', '01a21824-1ad7-7000-93ec-c8e6b707fa4f', 'success', '{"amount": "20.00", "status": "completed", "prior_status": "processing", "failure_reason": null, "external_reference": "ref-1"}', 'd9f76368-1458-4552-a8fe-0ae45c1f1483'),
	('01a21824-1b13-7000-ab21-232ba6365078', '2026-11-26 13:55:49.139948+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'PAYOUT_PROCESSED', 'payout', '01a21824-1aec-7000-90b9-b96c05596303', 'success', '{"amount": "40.00", "status": "processing", "prior_status": "requested", "failure_reason": null, "external_reference": null}', '07028bc3-f5bb-4c34-ba83-c870491cc61f'),
	('01a21824-1b1c-7001-847a-5ba91e1189a4', '2026-11-26 13:55:49.14882+00', 'admin', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'PAYOUT_PROCESSED', 'payout', '01a21824-1aec-7000-90b9-b96c05596303', 'success', '{"amount": "40.00", "status": "failed", "prior_status": "processing", "failure_reason": "account closed", "external_reference": null}', 'd108e155-8a6d-4fdf-8733-b471cc570bc6');

INSERT INTO public.cap_usage VALUES
	('b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'a1b2c3d4-e5f6-4789-0abc-def012345678', '2026-11-01', 2000, 300),
	('b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'c3d4e5f6-a7b8-4c9d-1111-000000000004', '2026-11-01', 6000, 360),
	('b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'f0000000-0000-0000-0001-000000000001', '2026-11-01', 10000, 495),
	('b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'f0e1d2c3-b4a5-4678-9012-3456789abcde', '2026-09-01', 5000, 5000),
	('b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'f0e1d2c3-b4a5-4678-9012-3456789abcde', '2026-11-01', 5000, 2250),
	('c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'a1b2c3d4-e5f6-4789-0abc-def012345678', '2026-11-01', 2000, 300),
	('c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'c3d4e5f6-a7b8-4c9d-1111-000000000004', '2026-11-01', 6000, 540),
	('c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'f0000000-0000-0000-0001-000000000001', '2026-11-01', 10000, 248),
	('c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'f0e1d2c3-b4a5-4678-9012-3456789abcde', '2026-11-01', 5000, 600),
	('d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'a1b2c3d4-e5f6-4789-0abc-def012345678', '2026-11-01', 2000, 0),
	('d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'c3d4e5f6-a7b8-4c9d-1111-000000000004', '2026-11-01', 6000, 1200),
	('e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'a1b2c3d4-e5f6-4789-0abc-def012345678', '2026-11-01', 2000, 300),
	('e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'f0e1d2c3-b4a5-4678-9012-3456789abcde', '2026-11-01', 5000, 750),
	('01a21823-e84e-7000-a2fa-f5cea180ed0b', '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', '2026-11-01', 10000, 10000),
	('01a21823-eada-7000-91fd-34eab0f47620', '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', '2026-11-01', 10000, 5500),
	('01a21823-ecbb-7000-b1e7-abcfd4b32621', '01a21824-0642-7000-b6be-c5237c253544', '2026-11-01', 2000, 350),
	('01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-07fa-7000-9393-c7ea42d95f33', '2026-11-01', 500, 500),
	('01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-125c-7000-8f6a-be85c19a1c7f', '2026-11-01', 4000, 80);

INSERT INTO public.cashback_credits VALUES
	('aa000001-0000-0000-0000-000000000007', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 300, 'a1b2c3d4-e5f6-4789-0abc-def012345678', '2026-11-01', 0, '2026-11-25 13:55:31.071053+00'),
	('aa000001-0000-0000-0000-000000000009', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 360, 'c3d4e5f6-a7b8-4c9d-1111-000000000004', '2026-11-01', 0, '2026-11-20 13:55:31.071053+00'),
	('bb000001-0000-0000-0000-000000000001', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 495, 'f0000000-0000-0000-0001-000000000001', '2026-11-01', 0, '2026-11-26 12:55:31.071053+00'),
	('aa000001-0000-0000-0000-000000000012', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 5000, 'f0e1d2c3-b4a5-4678-9012-3456789abcde', '2026-09-01', 0, '2026-09-27 13:55:31.071053+00'),
	('aa000001-0000-0000-0000-000000000005', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 1500, 'f0e1d2c3-b4a5-4678-9012-3456789abcde', '2026-11-01', 0, '2026-11-16 13:55:31.071053+00'),
	('aa000001-0000-0000-0000-000000000001', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 500, 'f0e1d2c3-b4a5-4678-9012-3456789abcde', '2026-11-01', 1500, '2026-11-21 13:55:31.071053+00'),
	('aa000001-0000-0000-0000-000000000002', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 250, 'f0e1d2c3-b4a5-4678-9012-3456789abcde', '2026-11-01', 2000, '2026-11-22 13:55:31.071053+00'),
	('aa000001-0000-0000-0000-000000000006', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 300, 'a1b2c3d4-e5f6-4789-0abc-def012345678', '2026-11-01', 0, '2026-11-18 13:55:31.071053+00'),
	('aa000001-0000-0000-0000-000000000003', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 300, 'a1b2c3d4-e5f6-4789-0abc-def012345678', '2026-11-01', 0, '2026-11-23 13:55:31.071053+00'),
	('aa000001-0000-0000-0000-000000000011', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 540, 'c3d4e5f6-a7b8-4c9d-1111-000000000004', '2026-11-01', 0, '2026-11-19 13:55:31.071053+00'),
	('bb000001-0000-0000-0000-000000000002', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 248, 'f0000000-0000-0000-0001-000000000001', '2026-11-01', 0, '2026-11-26 11:55:31.071053+00'),
	('aa000001-0000-0000-0000-000000000008', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 600, 'f0e1d2c3-b4a5-4678-9012-3456789abcde', '2026-11-01', 0, '2026-11-15 13:55:31.071053+00'),
	('aa000001-0000-0000-0000-000000000010', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 300, 'a1b2c3d4-e5f6-4789-0abc-def012345678', '2026-11-01', 0, '2026-11-17 13:55:31.071053+00'),
	('aa000001-0000-0000-0000-000000000004', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 1200, 'c3d4e5f6-a7b8-4c9d-1111-000000000004', '2026-11-01', 0, '2026-11-24 13:55:31.071053+00'),
	('cc000001-0000-0000-0000-000000000002', 'e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 300, 'a1b2c3d4-e5f6-4789-0abc-def012345678', '2026-11-01', 0, '2026-11-25 13:55:31.071053+00'),
	('cc000001-0000-0000-0000-000000000001', 'e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 750, 'f0e1d2c3-b4a5-4678-9012-3456789abcde', '2026-11-01', 0, '2026-11-24 13:55:31.071053+00'),
	('01a21823-fd0e-7000-bac3-2c2ab7a632de', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 10000, '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', '2026-11-01', 0, '2026-11-26 13:55:41.504689+00'),
	('01a21823-fdcb-7000-80d1-4c78a4ae4f04', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 0, '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', '2026-11-01', 10000, '2026-11-26 13:55:41.653049+00'),
	('01a21823-fecc-7000-98ef-f181e2feeb7c', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 3000, '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', '2026-11-01', 0, '2026-11-26 13:55:41.905131+00'),
	('01a21823-ff6a-7000-9821-2de8677e5c24', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 7000, '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', '2026-11-01', 3000, '2026-11-26 13:55:42.062927+00'),
	('01a21824-006b-7000-850a-837a23bea62f', '01a21823-eada-7000-91fd-34eab0f47620', 10000, '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', '2026-11-01', 0, '2026-11-26 13:55:42.364653+00'),
	('01a21824-0152-7000-b1a7-57420b751be8', '01a21823-eada-7000-91fd-34eab0f47620', 1000, '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', '2026-11-01', 5000, '2026-11-26 13:55:42.554384+00'),
	('01a21824-0297-7000-b4c8-5d7a1d8302cd', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 10, NULL, '2026-11-01', NULL, '2026-11-26 13:55:42.885553+00'),
	('01a21824-0393-7000-8ed2-f6169f4e6c23', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 1000, NULL, '2026-11-01', NULL, '2026-11-26 13:55:43.126775+00'),
	('01a21824-04bf-7000-b981-c340297e6802', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 500, NULL, '2026-11-01', NULL, '2026-11-26 13:55:43.431097+00'),
	('01a21824-0649-7000-9361-ac4c5950e9bd', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 300, '01a21824-0642-7000-b6be-c5237c253544', '2026-11-01', 0, '2026-11-26 13:55:43.820605+00'),
	('01a21824-0750-7000-a59c-27b027ed485c', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 200, '01a21824-0642-7000-b6be-c5237c253544', '2026-11-01', 150, '2026-11-26 13:55:44.094967+00'),
	('01a21824-07ff-7000-8d01-d1dce309b4db', '01a21823-efdd-7000-b45f-abc2056b45e8', 400, '01a21824-07fa-7000-9393-c7ea42d95f33', '2026-11-01', 0, '2026-11-26 13:55:44.263141+00'),
	('01a21824-08a4-7000-b27e-5c586f554a6c', '01a21823-efdd-7000-b45f-abc2056b45e8', 100, '01a21824-07fa-7000-9393-c7ea42d95f33', '2026-11-01', 400, '2026-11-26 13:55:44.441114+00'),
	('01a21824-094d-7000-bf37-d5fd8191690c', '01a21823-efdd-7000-b45f-abc2056b45e8', 0, '01a21824-07fa-7000-9393-c7ea42d95f33', '2026-11-01', 500, '2026-11-26 13:55:44.595741+00'),
	('01a21824-0a4b-7000-b62b-cc8a35be6c79', '01a21823-efdd-7000-b45f-abc2056b45e8', 300, NULL, '2026-11-01', NULL, '2026-11-26 13:55:44.847003+00'),
	('01a21824-0af2-7000-bf3f-210a1400dc4d', '01a21823-efdd-7000-b45f-abc2056b45e8', 300, NULL, '2026-11-01', NULL, '2026-11-26 13:55:45.020655+00'),
	('01a21824-0bb6-7000-a201-2482f93fdcc4', '01a21823-efdd-7000-b45f-abc2056b45e8', 300, NULL, '2026-11-01', NULL, '2026-11-26 13:55:45.21435+00'),
	('01a21824-0d9b-7000-8383-a2a768459545', '01a21823-efdd-7000-b45f-abc2056b45e8', 600, NULL, '2026-11-01', NULL, '2026-11-26 13:55:45.730705+00'),
	('01a21824-1190-7000-9fa8-4a9cd0b7f192', '01a21823-efdd-7000-b45f-abc2056b45e8', 40, NULL, '2026-11-01', NULL, '2026-11-26 13:55:46.709622+00'),
	('01a21824-1260-7000-ba02-96739e5df679', '01a21823-efdd-7000-b45f-abc2056b45e8', 80, '01a21824-125c-7000-8f6a-be85c19a1c7f', '2026-11-01', 0, '2026-11-26 13:55:46.929829+00'),
	('01a21824-1337-7000-8a28-f48ed5cf3901', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 250, NULL, '2026-11-01', NULL, '2026-11-26 13:55:47.131939+00'),
	('01a21824-135b-7000-99c9-465623a4a52b', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 100, NULL, '2026-11-01', NULL, '2026-11-26 13:55:47.173945+00'),
	('01a21824-135b-7001-b2a9-e19acaa60348', '01a21823-eada-7000-91fd-34eab0f47620', 200, NULL, '2026-11-01', NULL, '2026-11-26 13:55:47.173945+00'),
	('01a21824-135b-7002-9d28-bea6b3e79af3', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 300, NULL, '2026-11-01', NULL, '2026-11-26 13:55:47.173945+00'),
	('01a21824-135b-7003-9d5c-8fe4b94ef605', '01a21823-efdd-7000-b45f-abc2056b45e8', 400, NULL, '2026-11-01', NULL, '2026-11-26 13:55:47.173945+00'),
	('01a21824-135b-7004-9348-6180744cbf62', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 500, NULL, '2026-11-01', NULL, '2026-11-26 13:55:47.173945+00'),
	('01a21824-1561-7000-a04a-30a59d370eae', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 70000, NULL, '2026-11-01', NULL, '2026-11-26 13:55:47.687032+00'),
	('01a21824-1645-7000-83a9-4fcb358246f2', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 6000, NULL, '2026-11-01', NULL, '2026-11-26 13:55:47.925259+00'),
	('01a21824-1753-7000-bf0a-48c8df7b18aa', '01a21823-eada-7000-91fd-34eab0f47620', 10000, NULL, '2026-11-01', NULL, '2026-11-26 13:55:48.185338+00');

INSERT INTO public.crediting_batches OVERRIDING SYSTEM VALUE VALUES
	(28, 0, '{01a21827-dab6-7000-afc9-6e3ad17e5257}', '{01a21823-efdd-7000-b45f-abc2056b45e8}', '2026-11-26 13:59:54.806351+00');

INSERT INTO public.event_cursors VALUES
	('partner-events', 958, 82, '2026-11-26 13:55:49.168461+00');

INSERT INTO public.event_log OVERRIDING SYSTEM VALUE VALUES
	(767, 1, 'purchases.confirmed', '{"purchases":[{"purchase_id":"aa000001-0000-0000-0000-000000000001","user_id":"b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d"},{"purchase_id":"aa000001-0000-0000-0000-000000000011","user_id":"c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a"},{"purchase_id":"aa000001-0000-0000-0000-000000000003","user_id":"c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a"},{"purchase_id":"aa000001-0000-0000-0000-000000000002","user_id":"b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d"},{"purchase_id":"aa000001-0000-0000-0000-000000000004","user_id":"d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a"},{"purchase_id":"aa000001-0000-0000-0000-000000000007","user_id":"b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d"},{"purchase_id":"aa000001-0000-0000-0000-000000000009","user_id":"b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d"}]}', '2026-11-26 13:55:31.688591+00'),
	(788, 2, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21823-fd0e-7000-bac3-2c2ab7a632de","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b"}]}', '2026-11-26 13:55:41.455364+00'),
	(790, 3, 'cashback.credited', '{"credits":[{"purchase_id":"01a21823-fd0e-7000-bac3-2c2ab7a632de","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b","amount_minor":10000}]}', '2026-11-26 13:55:41.513946+00'),
	(792, 4, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21823-fdcb-7000-80d1-4c78a4ae4f04","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b"}]}', '2026-11-26 13:55:41.643227+00'),
	(793, 5, 'cashback.credited', '{"credits":[{"purchase_id":"01a21823-fdcb-7000-80d1-4c78a4ae4f04","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b","amount_minor":0}]}', '2026-11-26 13:55:41.654097+00'),
	(796, 6, 'purchases.rejected', '{"purchases":[{"purchase_id":"01a21823-fd0e-7000-bac3-2c2ab7a632de","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b"}]}', '2026-11-26 13:55:41.835025+00'),
	(798, 7, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21823-fecc-7000-98ef-f181e2feeb7c","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b"}]}', '2026-11-26 13:55:41.900624+00'),
	(799, 8, 'cashback.credited', '{"credits":[{"purchase_id":"01a21823-fecc-7000-98ef-f181e2feeb7c","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b","amount_minor":3000}]}', '2026-11-26 13:55:41.906737+00'),
	(801, 9, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21823-ff6a-7000-9821-2de8677e5c24","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b"}]}', '2026-11-26 13:55:42.058413+00'),
	(802, 10, 'cashback.credited', '{"credits":[{"purchase_id":"01a21823-ff6a-7000-9821-2de8677e5c24","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b","amount_minor":7000}]}', '2026-11-26 13:55:42.064159+00'),
	(805, 11, 'purchases.confirmed', '{"purchases":[{"purchase_id":"01a21823-fecc-7000-98ef-f181e2feeb7c","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b"}]}', '2026-11-26 13:55:42.254872+00'),
	(807, 12, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-006b-7000-850a-837a23bea62f","user_id":"01a21823-eada-7000-91fd-34eab0f47620"}]}', '2026-11-26 13:55:42.316026+00'),
	(808, 13, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-006b-7000-850a-837a23bea62f","user_id":"01a21823-eada-7000-91fd-34eab0f47620","amount_minor":10000}]}', '2026-11-26 13:55:42.366927+00'),
	(811, 14, 'purchases.refunded', '{"purchases":[{"purchase_id":"01a21824-006b-7000-850a-837a23bea62f","user_id":"01a21823-eada-7000-91fd-34eab0f47620"}]}', '2026-11-26 13:55:42.486815+00'),
	(812, 15, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-0152-7000-b1a7-57420b751be8","user_id":"01a21823-eada-7000-91fd-34eab0f47620"}]}', '2026-11-26 13:55:42.546863+00'),
	(813, 16, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-0152-7000-b1a7-57420b751be8","user_id":"01a21823-eada-7000-91fd-34eab0f47620","amount_minor":1000}]}', '2026-11-26 13:55:42.564107+00'),
	(816, 17, 'purchases.confirmed', '{"purchases":[{"purchase_id":"01a21824-006b-7000-850a-837a23bea62f","user_id":"01a21823-eada-7000-91fd-34eab0f47620"}]}', '2026-11-26 13:55:42.707453+00'),
	(818, 18, 'purchases.refunded', '{"purchases":[{"purchase_id":"01a21824-006b-7000-850a-837a23bea62f","user_id":"01a21823-eada-7000-91fd-34eab0f47620"}]}', '2026-11-26 13:55:42.795765+00'),
	(821, 19, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-0297-7000-b4c8-5d7a1d8302cd","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:42.871435+00'),
	(822, 20, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-0297-7000-b4c8-5d7a1d8302cd","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621","amount_minor":10}]}', '2026-11-26 13:55:42.891788+00'),
	(825, 21, 'purchases.refunded', '{"purchases":[{"purchase_id":"01a21824-0297-7000-b4c8-5d7a1d8302cd","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:43.054945+00'),
	(827, 22, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-0393-7000-8ed2-f6169f4e6c23","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:43.123428+00'),
	(828, 23, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-0393-7000-8ed2-f6169f4e6c23","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621","amount_minor":1000}]}', '2026-11-26 13:55:43.127699+00'),
	(831, 24, 'purchases.confirmed', '{"purchases":[{"purchase_id":"01a21824-0393-7000-8ed2-f6169f4e6c23","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:43.286003+00'),
	(833, 25, 'purchases.refunded', '{"purchases":[{"purchase_id":"01a21824-0393-7000-8ed2-f6169f4e6c23","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:43.354048+00'),
	(835, 26, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-04bf-7000-b981-c340297e6802","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:43.423825+00'),
	(836, 27, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-04bf-7000-b981-c340297e6802","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621","amount_minor":500}]}', '2026-11-26 13:55:43.432189+00'),
	(838, 28, 'purchases.refunded', '{"purchases":[{"purchase_id":"01a21824-04bf-7000-b981-c340297e6802","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:43.636047+00'),
	(840, 29, 'purchases.reversed', '{"purchases":[{"purchase_id":"01a21824-04bf-7000-b981-c340297e6802","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:43.716802+00'),
	(843, 30, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-0649-7000-9361-ac4c5950e9bd","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:43.817294+00'),
	(844, 31, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-0649-7000-9361-ac4c5950e9bd","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621","amount_minor":300}]}', '2026-11-26 13:55:43.824281+00'),
	(847, 32, 'purchases.refunded', '{"purchases":[{"purchase_id":"01a21824-0649-7000-9361-ac4c5950e9bd","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:43.982562+00'),
	(849, 33, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-0750-7000-a59c-27b027ed485c","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:44.080524+00'),
	(850, 34, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-0750-7000-a59c-27b027ed485c","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621","amount_minor":200}]}', '2026-11-26 13:55:44.098936+00'),
	(855, 35, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-07ff-7000-8d01-d1dce309b4db","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:44.255131+00'),
	(856, 36, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-07ff-7000-8d01-d1dce309b4db","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8","amount_minor":400}]}', '2026-11-26 13:55:44.26463+00'),
	(859, 37, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-08a4-7000-b27e-5c586f554a6c","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:44.420317+00'),
	(860, 38, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-08a4-7000-b27e-5c586f554a6c","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8","amount_minor":100}]}', '2026-11-26 13:55:44.447004+00'),
	(864, 40, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-094d-7000-bf37-d5fd8191690c","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8","amount_minor":0}]}', '2026-11-26 13:55:44.596207+00'),
	(870, 43, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-0a4b-7000-b62b-cc8a35be6c79","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8","amount_minor":300}]}', '2026-11-26 13:55:44.847909+00'),
	(876, 46, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-0af2-7000-bf3f-210a1400dc4d","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8","amount_minor":300}]}', '2026-11-26 13:55:45.022128+00'),
	(880, 49, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-0bb6-7000-a201-2482f93fdcc4","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8","amount_minor":300}]}', '2026-11-26 13:55:45.223609+00'),
	(890, 54, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-0d9b-7000-8383-a2a768459545","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8","amount_minor":600}]}', '2026-11-26 13:55:45.736129+00'),
	(901, 61, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-1190-7000-9fa8-4a9cd0b7f192","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8","amount_minor":40}]}', '2026-11-26 13:55:46.710828+00'),
	(914, 63, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-1260-7000-ba02-96739e5df679","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8","amount_minor":80}]}', '2026-11-26 13:55:46.930852+00'),
	(923, 65, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-1337-7000-8a28-f48ed5cf3901","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b","amount_minor":250}]}', '2026-11-26 13:55:47.135383+00'),
	(926, 67, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-135b-7000-99c9-465623a4a52b","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b","amount_minor":100},{"purchase_id":"01a21824-135b-7001-b2a9-e19acaa60348","user_id":"01a21823-eada-7000-91fd-34eab0f47620","amount_minor":200},{"purchase_id":"01a21824-135b-7002-9d28-bea6b3e79af3","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621","amount_minor":300},{"purchase_id":"01a21824-135b-7003-9d5c-8fe4b94ef605","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8","amount_minor":400},{"purchase_id":"01a21824-135b-7004-9348-6180744cbf62","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b","amount_minor":500}]}', '2026-11-26 13:55:47.175125+00'),
	(932, 69, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-1561-7000-a04a-30a59d370eae","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b","amount_minor":70000}]}', '2026-11-26 13:55:47.688164+00'),
	(937, 72, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-1645-7000-83a9-4fcb358246f2","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621","amount_minor":6000}]}', '2026-11-26 13:55:47.926264+00'),
	(943, 75, 'cashback.credited', '{"credits":[{"purchase_id":"01a21824-1753-7000-bf0a-48c8df7b18aa","user_id":"01a21823-eada-7000-91fd-34eab0f47620","amount_minor":10000}]}', '2026-11-26 13:55:48.18626+00'),
	(863, 39, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-094d-7000-bf37-d5fd8191690c","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:44.589856+00'),
	(867, 41, 'purchases.confirmed', '{"purchases":[{"purchase_id":"01a21824-08a4-7000-b27e-5c586f554a6c","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:44.785154+00'),
	(869, 42, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-0a4b-7000-b62b-cc8a35be6c79","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:44.843378+00'),
	(872, 44, 'purchases.confirmed', '{"purchases":[{"purchase_id":"01a21824-0a4b-7000-b62b-cc8a35be6c79","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:45.002431+00'),
	(875, 45, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-0af2-7000-bf3f-210a1400dc4d","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:45.010294+00'),
	(878, 47, 'purchases.rejected', '{"purchases":[{"purchase_id":"01a21824-0af2-7000-bf3f-210a1400dc4d","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:45.19221+00'),
	(879, 48, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-0bb6-7000-a201-2482f93fdcc4","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:45.206931+00'),
	(883, 50, 'purchases.reversed', '{"purchases":[{"purchase_id":"01a21824-0bb6-7000-a201-2482f93fdcc4","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:45.436864+00'),
	(886, 52, 'partner_events.parked', '{"purchases":[{"partner_id":"01a21823-fcc4-7000-b7ac-d5fe26c4dfed","external_id":"later-1"}]}', '2026-11-26 13:55:45.586869+00'),
	(888, 53, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-0d9b-7000-8383-a2a768459545","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:45.691984+00'),
	(893, 57, 'partner_events.parked', '{"purchases":[{"partner_id":"01a21823-fcc4-7000-b7ac-d5fe26c4dfed","external_id":"never-1"}]}', '2026-11-26 13:55:46.47851+00'),
	(895, 58, 'partner_events.parked', '{"purchases":[{"partner_id":"01a21823-fcc4-7000-b7ac-d5fe26c4dfed","external_id":"never-2"}]}', '2026-11-26 13:55:46.562496+00'),
	(897, 59, 'partner_events.parked', '{"purchases":[{"partner_id":"01a21823-fcc4-7000-b7ac-d5fe26c4dfed","external_id":"never-3"}]}', '2026-11-26 13:55:46.636455+00'),
	(899, 60, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-1190-7000-9fa8-4a9cd0b7f192","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:46.704649+00'),
	(922, 64, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-1337-7000-8a28-f48ed5cf3901","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b"}]}', '2026-11-26 13:55:47.12713+00'),
	(925, 66, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-135b-7000-99c9-465623a4a52b","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b"},{"purchase_id":"01a21824-135b-7001-b2a9-e19acaa60348","user_id":"01a21823-eada-7000-91fd-34eab0f47620"},{"purchase_id":"01a21824-135b-7002-9d28-bea6b3e79af3","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"},{"purchase_id":"01a21824-135b-7003-9d5c-8fe4b94ef605","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"},{"purchase_id":"01a21824-135b-7004-9348-6180744cbf62","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b"}]}', '2026-11-26 13:55:47.163704+00'),
	(930, 68, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-1561-7000-a04a-30a59d370eae","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b"}]}', '2026-11-26 13:55:47.681653+00'),
	(934, 70, 'purchases.confirmed', '{"purchases":[{"purchase_id":"01a21824-1561-7000-a04a-30a59d370eae","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b"}]}', '2026-11-26 13:55:47.842335+00'),
	(936, 71, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-1645-7000-83a9-4fcb358246f2","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:47.909142+00'),
	(942, 74, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-1753-7000-bf0a-48c8df7b18aa","user_id":"01a21823-eada-7000-91fd-34eab0f47620"}]}', '2026-11-26 13:55:48.179159+00'),
	(949, 77, 'payouts.requested', '{"payout_id":"01a21824-1a9f-7000-b475-613c23fb120f","user_id":"01a21823-e84e-7000-a2fa-f5cea180ed0b","amount_minor":60000}', '2026-11-26 13:55:49.034453+00'),
	(951, 78, 'payouts.requested', '{"payout_id":"01a21824-1ad7-7000-93ec-c8e6b707fa4f","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621","amount_minor":2000}', '2026-11-26 13:55:49.080372+00'),
	(952, 79, 'payouts.requested', '{"payout_id":"01a21824-1ade-7000-b63e-67f9a343fab7","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621","amount_minor":1500}', '2026-11-26 13:55:49.087044+00'),
	(953, 80, 'payouts.requested', '{"payout_id":"01a21824-1aec-7000-90b9-b96c05596303","user_id":"01a21823-eada-7000-91fd-34eab0f47620","amount_minor":4000}', '2026-11-26 13:55:49.100619+00'),
	(956, 81, 'payouts.completed', '{"payout_id":"01a21824-1ad7-7000-93ec-c8e6b707fa4f","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621","amount_minor":2000}', '2026-11-26 13:55:49.134107+00'),
	(958, 82, 'payouts.failed', '{"payout_id":"01a21824-1aec-7000-90b9-b96c05596303","user_id":"01a21823-eada-7000-91fd-34eab0f47620","amount_minor":4000}', '2026-11-26 13:55:49.14894+00'),
	(885, 51, 'partner_events.parked', '{"purchases":[{"partner_id":"01a21823-fcc4-7000-b7ac-d5fe26c4dfed","external_id":"later-1"}]}', '2026-11-26 13:55:45.478768+00'),
	(889, 55, 'purchases.confirmed', '{"purchases":[{"purchase_id":"01a21824-0d9b-7000-8383-a2a768459545","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:45.744195+00'),
	(889, 56, 'purchases.refunded', '{"purchases":[{"purchase_id":"01a21824-0d9b-7000-8383-a2a768459545","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:45.744249+00'),
	(912, 62, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21824-1260-7000-ba02-96739e5df679","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:55:46.912054+00'),
	(940, 73, 'purchases.confirmed', '{"purchases":[{"purchase_id":"01a21824-1645-7000-83a9-4fcb358246f2","user_id":"01a21823-ecbb-7000-b1e7-abcfd4b32621"}]}', '2026-11-26 13:55:48.118274+00'),
	(946, 76, 'purchases.confirmed', '{"purchases":[{"purchase_id":"01a21824-1753-7000-bf0a-48c8df7b18aa","user_id":"01a21823-eada-7000-91fd-34eab0f47620"}]}', '2026-11-26 13:55:48.384871+00'),
	(981, 83, 'purchases.ingested', '{"purchases":[{"purchase_id":"01a21827-dab6-7000-afc9-6e3ad17e5257","user_id":"01a21823-efdd-7000-b45f-abc2056b45e8"}]}', '2026-11-26 13:59:54.806351+00');

INSERT INTO public.event_log_offset VALUES
	(true, 0);

INSERT INTO public.feature_flags VALUES
	('ff000001-0000-0000-0000-000000000001', 'purchase_auto_confirm', 'global', NULL, true, NULL, '2026-08-28 13:55:30.671053+00', '2026-08-28 13:55:30.671053+00'),
	('ff000001-0000-0000-0000-000000000002', 'purchase_auto_confirm', 'merchant', 'f0000000-0000-0000-0000-000000000001', false, NULL, '2026-08-28 13:55:30.671053+00', '2026-08-28 13:55:30.671053+00'),
	('ff000001-0000-0000-0000-000000000003', 'purchase_auto_confirm', 'user', 'e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', false, NULL, '2026-08-28 13:55:30.671053+00', '2026-08-28 13:55:30.671053+00'),
	('01a21824-1b25-7000-a9f1-db2cdff383b4', 'purchase_auto_confirm', 'user', '01a21823-efdd-7000-b45f-abc2056b45e8', false, NULL, '2026-11-26 13:55:49.157549+00', '2026-11-26 13:55:49.157549+00');

INSERT INTO public.flyway_schema_history VALUES
	(1, '001', 'rules that tables share', 'SQL', 'V001__rules_that_tables_share.sql', -942808591, 'postgres', '2026-11-26 13:55:29.440274', 54, true),
	(2, '002', 'users and sessions', 'SQL', 'V002__users_and_sessions.sql', -1078080614, 'postgres', '2026-11-26 13:55:29.523573', 269, true),
	(3, '003', 'merchants and offers', 'SQL', 'V003__merchants_and_offers.sql', -1783587834, 'postgres', '2026-11-26 13:55:29.857941', 89, true),
	(4, '004', 'partners', 'SQL', 'V004__partners.sql', 1829230220, 'postgres', '2026-11-26 13:55:30.035492', 5, true),
	(5, '005', 'purchases', 'SQL', 'V005__purchases.sql', 1307998068, 'postgres', '2026-11-26 13:55:30.09401', 27, true),
	(6, '006', 'verification', 'SQL', 'V006__verification.sql', -1825467272, 'postgres', '2026-11-26 13:55:30.136359', 64, true),
	(7, '007', 'partner events', 'SQL', 'V007__partner_events.sql', 76670703, 'postgres', '2026-11-26 13:55:30.242947', 9, true),
	(8, '008', 'payouts', 'SQL', 'V008__payouts.sql', -443509080, 'postgres', '2026-11-26 13:55:30.263397', 32, true),
	(9, '009', 'ledger', 'SQL', 'V009__ledger.sql', 1576019186, 'postgres', '2026-11-26 13:55:30.395526', 18, true),
	(10, '010', 'cashback', 'SQL', 'V010__cashback.sql', 1770743557, 'postgres', '2026-11-26 13:55:30.436667', 48, true),
	(11, '011', 'event log', 'SQL', 'V011__event_log.sql', 28172302, 'postgres', '2026-11-26 13:55:30.494653', 69, true),
	(12, '012', 'audit log', 'SQL', 'V012__audit_log.sql', -263627976, 'postgres', '2026-11-26 13:55:30.571605', 11, true),
	(13, '013', 'feature flags', 'SQL', 'V013__feature_flags.sql', 180434122, 'postgres', '2026-11-26 13:55:30.594878', 12, true);

INSERT INTO public.ledger_transfers VALUES
	('678f8a42-f604-e96d-bcea-a17888a8d6e6', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_credit', 'outside', 'pending', 500, 'EUR', 'aa000001-0000-0000-0000-000000000001', NULL, NULL, '2026-11-21 13:55:31.071053+00'),
	('cf8fe667-4cd0-6533-08f3-8d0be6cd5657', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_credit', 'outside', 'pending', 250, 'EUR', 'aa000001-0000-0000-0000-000000000002', NULL, NULL, '2026-11-22 13:55:31.071053+00'),
	('a9cb625e-c0c3-efc3-1b0d-ab8de58d62fc', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_credit', 'outside', 'pending', 1500, 'EUR', 'aa000001-0000-0000-0000-000000000005', NULL, NULL, '2026-11-16 13:55:31.071053+00'),
	('d8c3b6ed-f27b-5b6d-e3d0-c5312ef51752', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_confirmed', 'pending', 'available', 1500, 'EUR', 'aa000001-0000-0000-0000-000000000005', NULL, NULL, '2026-11-16 13:56:15.671053+00'),
	('46af5bb0-f514-2868-1766-863e54fcdb50', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_credit', 'outside', 'pending', 5000, 'EUR', 'aa000001-0000-0000-0000-000000000012', NULL, NULL, '2026-09-27 13:55:31.071053+00'),
	('f7e6c94f-c440-84e8-9c26-2ccb68223f17', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_confirmed', 'pending', 'available', 5000, 'EUR', 'aa000001-0000-0000-0000-000000000012', NULL, NULL, '2026-09-27 13:56:15.671053+00'),
	('1d8a72d5-adc1-8f0c-2196-7ac80a0842e1', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_credit', 'outside', 'pending', 300, 'EUR', 'aa000001-0000-0000-0000-000000000007', NULL, NULL, '2026-11-25 13:55:31.071053+00'),
	('975cb331-4b1c-c678-cf31-b8d1cbb655a7', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_credit', 'outside', 'pending', 360, 'EUR', 'aa000001-0000-0000-0000-000000000009', NULL, NULL, '2026-11-20 13:55:31.071053+00'),
	('60c7e5ef-eede-06a0-2541-ab929bd8ad66', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_credit', 'outside', 'pending', 495, 'EUR', 'bb000001-0000-0000-0000-000000000001', NULL, NULL, '2026-11-26 12:55:31.071053+00'),
	('d37d01e1-6f6e-14cd-1575-ecccdfbe7bae', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'cashback_credit', 'outside', 'pending', 600, 'EUR', 'aa000001-0000-0000-0000-000000000008', NULL, NULL, '2026-11-15 13:55:31.071053+00'),
	('005a7dac-b345-3098-c46b-39a0f3d31f12', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'cashback_confirmed', 'pending', 'available', 600, 'EUR', 'aa000001-0000-0000-0000-000000000008', NULL, NULL, '2026-11-15 13:56:15.671053+00'),
	('21c4680a-a8e5-70cc-2dad-4ec312ddadb2', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'cashback_credit', 'outside', 'pending', 300, 'EUR', 'aa000001-0000-0000-0000-000000000003', NULL, NULL, '2026-11-23 13:55:31.071053+00'),
	('00c1508e-7284-c58f-445c-dd31119d11c4', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'cashback_credit', 'outside', 'pending', 300, 'EUR', 'aa000001-0000-0000-0000-000000000006', NULL, NULL, '2026-11-18 13:55:31.071053+00'),
	('c3115fe4-0dc2-b9b5-623c-f52241b95fbb', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'cashback_reversed', 'pending', 'outside', 300, 'EUR', 'aa000001-0000-0000-0000-000000000006', NULL, NULL, '2026-11-18 16:55:30.671053+00'),
	('bdce6427-17f5-8df1-8a9f-2fc932dcdb3e', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'cashback_credit', 'outside', 'pending', 540, 'EUR', 'aa000001-0000-0000-0000-000000000011', NULL, NULL, '2026-11-19 13:55:31.071053+00'),
	('be6bdb74-bf16-d012-5600-76b54881329a', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'cashback_credit', 'outside', 'pending', 248, 'EUR', 'bb000001-0000-0000-0000-000000000002', NULL, NULL, '2026-11-26 11:55:31.071053+00'),
	('c10a4dcc-1092-fc1f-363b-b1ede4ba87fa', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'cashback_credit', 'outside', 'pending', 300, 'EUR', 'aa000001-0000-0000-0000-000000000010', NULL, NULL, '2026-11-17 13:55:31.071053+00'),
	('97cef6ec-b0cb-3ea2-0d3f-afd3bb098565', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'cashback_reversed', 'pending', 'outside', 300, 'EUR', 'aa000001-0000-0000-0000-000000000010', NULL, NULL, '2026-11-17 16:55:30.671053+00'),
	('e188c35c-cc12-1bbc-de4d-efd7f4319f17', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'cashback_credit', 'outside', 'pending', 1200, 'EUR', 'aa000001-0000-0000-0000-000000000004', NULL, NULL, '2026-11-24 13:55:31.071053+00'),
	('fda18164-3af7-40c0-b8a9-72b72b5996f3', 'e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'cashback_credit', 'outside', 'pending', 750, 'EUR', 'cc000001-0000-0000-0000-000000000001', NULL, NULL, '2026-11-24 13:55:31.071053+00'),
	('2004205f-975f-7848-d0a5-20adae91db89', 'e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'cashback_credit', 'outside', 'pending', 300, 'EUR', 'cc000001-0000-0000-0000-000000000002', NULL, NULL, '2026-11-25 13:55:31.071053+00'),
	('f13bf4ff-cac7-870e-c66b-2b09e033015a', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'payout_requested', 'available', 'reserved', 5000, 'EUR', NULL, 'dd000001-0000-0000-0000-000000000001', NULL, '2026-10-12 13:55:30.671053+00'),
	('88043efb-8fce-e824-4237-74c4866f79f4', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'payout_completed', 'reserved', 'paid', 5000, 'EUR', NULL, 'dd000001-0000-0000-0000-000000000001', NULL, '2026-10-13 13:55:30.671053+00'),
	('01a21823-d6cf-7000-bda1-3432cc7fc746', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_confirmed', 'pending', 'available', 500, 'EUR', 'aa000001-0000-0000-0000-000000000001', NULL, NULL, '2026-11-26 13:55:31.668655+00'),
	('01a21823-d6cf-7001-9468-b8f73e1bba01', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'cashback_confirmed', 'pending', 'available', 540, 'EUR', 'aa000001-0000-0000-0000-000000000011', NULL, NULL, '2026-11-26 13:55:31.668655+00'),
	('01a21823-d6cf-7002-ab16-f8eb98f085da', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'cashback_confirmed', 'pending', 'available', 300, 'EUR', 'aa000001-0000-0000-0000-000000000003', NULL, NULL, '2026-11-26 13:55:31.668655+00'),
	('01a21823-d6cf-7003-aa13-e7a2346fe739', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_confirmed', 'pending', 'available', 250, 'EUR', 'aa000001-0000-0000-0000-000000000002', NULL, NULL, '2026-11-26 13:55:31.668655+00'),
	('01a21823-d6d0-7000-b9db-7a18805b62cb', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'cashback_confirmed', 'pending', 'available', 1200, 'EUR', 'aa000001-0000-0000-0000-000000000004', NULL, NULL, '2026-11-26 13:55:31.668655+00'),
	('01a21823-d6d0-7001-a5a9-68c9bbf4030e', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_confirmed', 'pending', 'available', 300, 'EUR', 'aa000001-0000-0000-0000-000000000007', NULL, NULL, '2026-11-26 13:55:31.668655+00'),
	('01a21823-d6d0-7002-934d-82cb4665f844', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'cashback_confirmed', 'pending', 'available', 360, 'EUR', 'aa000001-0000-0000-0000-000000000009', NULL, NULL, '2026-11-26 13:55:31.668655+00'),
	('01a21823-fd41-7000-b7fc-5ec7b15b6e5d', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'cashback_credit', 'outside', 'pending', 10000, 'EUR', '01a21823-fd0e-7000-bac3-2c2ab7a632de', NULL, NULL, '2026-11-26 13:55:41.505666+00'),
	('01a21823-fe8a-7000-9813-17348861fb68', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'cashback_rejected', 'pending', 'outside', 10000, 'EUR', '01a21823-fd0e-7000-bac3-2c2ab7a632de', NULL, NULL, '2026-11-26 13:55:41.834448+00'),
	('01a21823-fed1-7000-97ee-d20bf4717585', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'cashback_credit', 'outside', 'pending', 3000, 'EUR', '01a21823-fecc-7000-98ef-f181e2feeb7c', NULL, NULL, '2026-11-26 13:55:41.905372+00'),
	('01a21823-ff6f-7000-8d9d-8a48684c2125', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'cashback_credit', 'outside', 'pending', 7000, 'EUR', '01a21823-ff6a-7000-9821-2de8677e5c24', NULL, NULL, '2026-11-26 13:55:42.063154+00'),
	('01a21824-002e-7000-ab14-805b81911bef', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'cashback_confirmed', 'pending', 'available', 3000, 'EUR', '01a21823-fecc-7000-98ef-f181e2feeb7c', NULL, NULL, '2026-11-26 13:55:42.254399+00'),
	('01a21824-009d-7000-9829-be8883e5173d', '01a21823-eada-7000-91fd-34eab0f47620', 'cashback_credit', 'outside', 'pending', 10000, 'EUR', '01a21824-006b-7000-850a-837a23bea62f', NULL, NULL, '2026-11-26 13:55:42.365121+00'),
	('01a21824-0115-7000-8ff3-2cf92479a92e', '01a21823-eada-7000-91fd-34eab0f47620', 'cashback_refunded', 'pending', 'outside', 5000, 'EUR', '01a21824-006b-7000-850a-837a23bea62f', NULL, '01a21824-0113-7000-8389-3cfc95ae3d14', '2026-11-26 13:55:42.485502+00'),
	('01a21824-0161-7000-b05b-8492180c28b5', '01a21823-eada-7000-91fd-34eab0f47620', 'cashback_credit', 'outside', 'pending', 1000, 'EUR', '01a21824-0152-7000-b1a7-57420b751be8', NULL, NULL, '2026-11-26 13:55:42.561087+00'),
	('01a21824-01f2-7000-b59e-7e253898fc7b', '01a21823-eada-7000-91fd-34eab0f47620', 'cashback_confirmed', 'pending', 'available', 5000, 'EUR', '01a21824-006b-7000-850a-837a23bea62f', NULL, NULL, '2026-11-26 13:55:42.706792+00'),
	('01a21824-024b-7000-a079-0ee58f80854b', '01a21823-eada-7000-91fd-34eab0f47620', 'cashback_refunded', 'available', 'outside', 500, 'EUR', '01a21824-006b-7000-850a-837a23bea62f', NULL, '01a21824-024a-7000-a009-1e8598e66e8a', '2026-11-26 13:55:42.795355+00'),
	('01a21824-02a7-7000-8ef6-8d739b29b595', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_credit', 'outside', 'pending', 10, 'EUR', '01a21824-0297-7000-b4c8-5d7a1d8302cd', NULL, NULL, '2026-11-26 13:55:42.887259+00'),
	('01a21824-034e-7001-8fe0-14c8b6d773e3', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_refunded', 'pending', 'outside', 1, 'EUR', '01a21824-0297-7000-b4c8-5d7a1d8302cd', NULL, '01a21824-034e-7000-a2c4-70cde2beaa55', '2026-11-26 13:55:43.054576+00'),
	('01a21824-0396-7000-b598-adff8b3cfadc', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_credit', 'outside', 'pending', 1000, 'EUR', '01a21824-0393-7000-8ed2-f6169f4e6c23', NULL, NULL, '2026-11-26 13:55:43.126939+00'),
	('01a21824-0435-7000-852c-03c27eeff35c', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_confirmed', 'pending', 'available', 1000, 'EUR', '01a21824-0393-7000-8ed2-f6169f4e6c23', NULL, NULL, '2026-11-26 13:55:43.285467+00'),
	('01a21824-0479-7001-85c5-45818933e130', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_refunded', 'available', 'outside', 400, 'EUR', '01a21824-0393-7000-8ed2-f6169f4e6c23', NULL, '01a21824-0479-7000-ac83-0f824797e5a4', '2026-11-26 13:55:43.35367+00'),
	('01a21824-04c7-7000-8ca0-217cf59d6ee1', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_credit', 'outside', 'pending', 500, 'EUR', '01a21824-04bf-7000-b981-c340297e6802', NULL, NULL, '2026-11-26 13:55:43.431286+00'),
	('01a21824-058f-7001-bff1-c766672aad66', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_refunded', 'pending', 'outside', 200, 'EUR', '01a21824-04bf-7000-b981-c340297e6802', NULL, '01a21824-058f-7000-8ee4-766bd22d671c', '2026-11-26 13:55:43.631842+00'),
	('01a21824-05e4-7000-b7d6-cf10f20cd24f', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_reversed', 'pending', 'outside', 300, 'EUR', '01a21824-04bf-7000-b981-c340297e6802', NULL, NULL, '2026-11-26 13:55:43.716278+00'),
	('01a21824-064c-7000-9335-5e474aa48e32', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_credit', 'outside', 'pending', 300, 'EUR', '01a21824-0649-7000-9361-ac4c5950e9bd', NULL, NULL, '2026-11-26 13:55:43.820991+00'),
	('01a21824-06ed-7001-9bac-e6c6f0c4ea76', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_refunded', 'pending', 'outside', 150, 'EUR', '01a21824-0649-7000-9361-ac4c5950e9bd', NULL, '01a21824-06ed-7000-8423-70928f9e5e41', '2026-11-26 13:55:43.981978+00'),
	('01a21824-0760-7000-89cc-f167d728b3b3', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_credit', 'outside', 'pending', 200, 'EUR', '01a21824-0750-7000-a59c-27b027ed485c', NULL, NULL, '2026-11-26 13:55:44.09614+00'),
	('01a21824-0807-7000-baae-f819814774e9', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_credit', 'outside', 'pending', 400, 'EUR', '01a21824-07ff-7000-8d01-d1dce309b4db', NULL, NULL, '2026-11-26 13:55:44.263323+00'),
	('01a21824-08b9-7000-bbfb-acabb2adc15d', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_credit', 'outside', 'pending', 100, 'EUR', '01a21824-08a4-7000-b27e-5c586f554a6c', NULL, NULL, '2026-11-26 13:55:44.441366+00'),
	('01a21824-0a10-7000-8ed1-90803cce5dea', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_confirmed', 'pending', 'available', 100, 'EUR', '01a21824-08a4-7000-b27e-5c586f554a6c', NULL, NULL, '2026-11-26 13:55:44.784479+00'),
	('01a21824-0a4f-7000-9f41-2f74f9e985b6', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_credit', 'outside', 'pending', 300, 'EUR', '01a21824-0a4b-7000-b62b-cc8a35be6c79', NULL, NULL, '2026-11-26 13:55:44.847117+00'),
	('01a21824-0aea-7000-bfdf-4eb522db0775', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_confirmed', 'pending', 'available', 300, 'EUR', '01a21824-0a4b-7000-b62b-cc8a35be6c79', NULL, NULL, '2026-11-26 13:55:45.002122+00'),
	('01a21824-0afc-7000-ae39-03050488824d', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_credit', 'outside', 'pending', 300, 'EUR', '01a21824-0af2-7000-bf3f-210a1400dc4d', NULL, NULL, '2026-11-26 13:55:45.020812+00'),
	('01a21824-0bbe-7000-863b-1e4514244364', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_credit', 'outside', 'pending', 300, 'EUR', '01a21824-0bb6-7000-a201-2482f93fdcc4', NULL, NULL, '2026-11-26 13:55:45.214512+00'),
	('01a21824-0dc2-7000-9fee-ef0c5d2a5f86', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_credit', 'outside', 'pending', 600, 'EUR', '01a21824-0d9b-7000-8383-a2a768459545', NULL, NULL, '2026-11-26 13:55:45.730952+00'),
	('01a21824-1195-7000-9e57-f52912cb4e04', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_credit', 'outside', 'pending', 40, 'EUR', '01a21824-1190-7000-9fa8-4a9cd0b7f192', NULL, NULL, '2026-11-26 13:55:46.709888+00'),
	('01a21824-1271-7000-8d86-b03209aa20c9', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_credit', 'outside', 'pending', 80, 'EUR', '01a21824-1260-7000-ba02-96739e5df679', NULL, NULL, '2026-11-26 13:55:46.929995+00'),
	('01a21824-133c-7000-8a64-27c303f4b5cc', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'cashback_credit', 'outside', 'pending', 250, 'EUR', '01a21824-1337-7000-8a28-f48ed5cf3901', NULL, NULL, '2026-11-26 13:55:47.132046+00'),
	('01a21824-1366-7000-991a-f5ef80b3479a', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'cashback_credit', 'outside', 'pending', 100, 'EUR', '01a21824-135b-7000-99c9-465623a4a52b', NULL, NULL, '2026-11-26 13:55:47.174201+00'),
	('01a21824-1366-7001-9a14-661ee03dbf5d', '01a21823-eada-7000-91fd-34eab0f47620', 'cashback_credit', 'outside', 'pending', 200, 'EUR', '01a21824-135b-7001-b2a9-e19acaa60348', NULL, NULL, '2026-11-26 13:55:47.174201+00'),
	('01a21824-1366-7002-bb76-a53c80fc6b6c', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_credit', 'outside', 'pending', 300, 'EUR', '01a21824-135b-7002-9d28-bea6b3e79af3', NULL, NULL, '2026-11-26 13:55:47.174201+00'),
	('01a21824-1366-7003-8b29-2dcf388c8185', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_credit', 'outside', 'pending', 400, 'EUR', '01a21824-135b-7003-9d5c-8fe4b94ef605', NULL, NULL, '2026-11-26 13:55:47.174201+00'),
	('01a21824-1366-7004-bd65-5a9671b2c9c0', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'cashback_credit', 'outside', 'pending', 500, 'EUR', '01a21824-135b-7004-9348-6180744cbf62', NULL, NULL, '2026-11-26 13:55:47.174201+00'),
	('01a21824-1567-7000-809a-809867c909f3', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'cashback_credit', 'outside', 'pending', 70000, 'EUR', '01a21824-1561-7000-a04a-30a59d370eae', NULL, NULL, '2026-11-26 13:55:47.687297+00'),
	('01a21824-1655-7000-bf27-e3c6884cb486', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_credit', 'outside', 'pending', 6000, 'EUR', '01a21824-1645-7000-83a9-4fcb358246f2', NULL, NULL, '2026-11-26 13:55:47.925419+00'),
	('01a21824-1759-7000-8376-f712ccb61a8e', '01a21823-eada-7000-91fd-34eab0f47620', 'cashback_credit', 'outside', 'pending', 10000, 'EUR', '01a21824-1753-7000-bf0a-48c8df7b18aa', NULL, NULL, '2026-11-26 13:55:48.185468+00'),
	('01a21824-0ba7-7000-9a67-f08c15c14388', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_rejected', 'pending', 'outside', 300, 'EUR', '01a21824-0af2-7000-bf3f-210a1400dc4d', NULL, NULL, '2026-11-26 13:55:45.191881+00'),
	('01a21824-0c9c-7000-ad7f-988ced213294', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_reversed', 'pending', 'outside', 300, 'EUR', '01a21824-0bb6-7000-a201-2482f93fdcc4', NULL, NULL, '2026-11-26 13:55:45.436541+00'),
	('01a21824-1601-7000-863a-3f5c434cc258', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'cashback_confirmed', 'pending', 'available', 70000, 'EUR', '01a21824-1561-7000-a04a-30a59d370eae', NULL, NULL, '2026-11-26 13:55:47.841418+00'),
	('01a21824-1aa3-7000-8b37-9b25fdb75771', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 'payout_requested', 'available', 'reserved', 60000, 'EUR', NULL, '01a21824-1a9f-7000-b475-613c23fb120f', NULL, '2026-11-26 13:55:49.02827+00'),
	('01a21824-1ad7-7001-bff4-75fedd8a1acb', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'payout_requested', 'available', 'reserved', 2000, 'EUR', NULL, '01a21824-1ad7-7000-93ec-c8e6b707fa4f', NULL, '2026-11-26 13:55:49.079453+00'),
	('01a21824-1ade-7001-a37b-1dd1d5fffb0d', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'payout_requested', 'available', 'reserved', 1500, 'EUR', NULL, '01a21824-1ade-7000-b63e-67f9a343fab7', NULL, '2026-11-26 13:55:49.086918+00'),
	('01a21824-1aec-7001-b1cf-90247f520c98', '01a21823-eada-7000-91fd-34eab0f47620', 'payout_requested', 'available', 'reserved', 4000, 'EUR', NULL, '01a21824-1aec-7000-90b9-b96c05596303', NULL, '2026-11-26 13:55:49.100458+00'),
	('01a21824-1b0d-7000-9734-abda8ceecf33', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'payout_completed', 'reserved', 'paid', 2000, 'EUR', NULL, '01a21824-1ad7-7000-93ec-c8e6b707fa4f', NULL, '2026-11-26 13:55:49.133941+00'),
	('01a21824-1b1c-7000-a54f-b20c3e5a14ec', '01a21823-eada-7000-91fd-34eab0f47620', 'payout_failed', 'reserved', 'available', 4000, 'EUR', NULL, '01a21824-1aec-7000-90b9-b96c05596303', NULL, '2026-11-26 13:55:49.148765+00'),
	('01a21824-0dcf-7001-8696-8a11e6fdde70', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_confirmed', 'pending', 'available', 600, 'EUR', '01a21824-0d9b-7000-8383-a2a768459545', NULL, NULL, '2026-11-26 13:55:45.743825+00'),
	('01a21824-0dcf-7002-9959-a223baa96107', '01a21823-efdd-7000-b45f-abc2056b45e8', 'cashback_refunded', 'available', 'outside', 100, 'EUR', '01a21824-0d9b-7000-8383-a2a768459545', NULL, '01a21824-0dcf-7000-90f0-7f3a12f6f996', '2026-11-26 13:55:45.743825+00'),
	('01a21824-1715-7001-9de2-43c2d84e834f', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 'cashback_confirmed', 'pending', 'available', 6000, 'EUR', '01a21824-1645-7000-83a9-4fcb358246f2', NULL, NULL, '2026-11-26 13:55:48.118017+00'),
	('01a21824-1820-7000-aacd-72332a208343', '01a21823-eada-7000-91fd-34eab0f47620', 'cashback_confirmed', 'pending', 'available', 10000, 'EUR', '01a21824-1753-7000-bf0a-48c8df7b18aa', NULL, NULL, '2026-11-26 13:55:48.384583+00');

INSERT INTO public.merchants VALUES
	('a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d', 'Shoply', 50000, true, '2025-08-28 00:00:00+00'),
	('b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e', 'QuickCart', 35000, true, '2025-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-0e1f-2a3b4c5d6e7f', 'UrbanMart', 20000, true, '2025-08-28 00:00:00+00'),
	('d4e5f6a7-b8c9-4d0e-1f2a-3b4c5d6e7f8a', 'MegaGoods', 40000, true, '2025-08-28 00:00:00+00'),
	('e5f6a7b8-c9d0-4e1f-2a3b-4c5d6e7f8a9b', 'ElectroHub', 25000, true, '2025-08-28 00:00:00+00'),
	('f6a7b8c9-d0e1-4f2a-3b4c-5d6e7f8a9b0c', 'TechZone', 60000, true, '2025-08-28 00:00:00+00'),
	('a7b8c9d0-e1f2-4a3b-4c5d-6e7f8a9b0c1d', 'FreshMarket', 15000, true, '2025-08-28 00:00:00+00'),
	('b8c9d0e1-f2a3-4b4c-5d6e-7f8a9b0c1d2e', 'StyleHub', 80000, true, '2025-08-28 00:00:00+00'),
	('c9d0e1f2-a3b4-4c5d-6e7f-8a9b0c1d2e3f', 'HomePlus', 30000, true, '2025-08-28 00:00:00+00'),
	('d0e1f2a3-b4c5-4d6e-7f8a-9b0c1d2e3f4a', 'SportsPro', 55000, true, '2025-08-28 00:00:00+00'),
	('e1f2a3b4-c5d6-4e7f-8a9b-0c1d2e3f4a5b', 'BeautyWell', 70000, true, '2025-08-28 00:00:00+00'),
	('f2a3b4c5-d6e7-4f8a-9b0c-1d2e3f4a5b6c', 'GadgetWorld', 45000, true, '2025-08-28 00:00:00+00'),
	('a3b4c5d6-e7f8-4a9b-0c1d-2e3f4a5b6c7d', 'FoodiesFresh', 20000, true, '2025-08-28 00:00:00+00'),
	('b4c5d6e7-f8a9-4b0c-1d2e-3f4a5b6c7d8e', 'TravelGear', 65000, true, '2025-08-28 00:00:00+00'),
	('c5d6e7f8-a9b0-4c1d-2e3f-4a5b6c7d8e9f', 'PetParadise', 35000, true, '2025-08-28 00:00:00+00'),
	('d6e7f8a9-b0c1-4d2e-3f4a-5b6c7d8e9f0a', 'BookHaven', 10000, true, '2025-08-28 00:00:00+00'),
	('e7f8a9b0-c1d2-4e3f-4a5b-6c7d8e9f0a1b', 'FitnessPeak', 90000, true, '2025-08-28 00:00:00+00'),
	('f8a9b0c1-d2e3-4f4a-5b6c-7d8e9f0a1b2c', 'GreenGrocer', 25000, true, '2025-08-28 00:00:00+00'),
	('a9b0c1d2-e3f4-4a5b-6c7d-8e9f0a1b2c3d', 'ToyLand', 40000, true, '2025-08-28 00:00:00+00'),
	('b0c1d2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'JewelryBox', 100000, true, '2025-08-28 00:00:00+00'),
	('c1d2e3f4-a5b6-4c7d-8e9f-0a1b2c3d4e5f', 'AutoParts Plus', 15000, true, '2025-08-28 00:00:00+00'),
	('d2e3f4a5-b6c7-4d8e-9f0a-1b2c3d4e5f6a', 'KidsCloset', 50000, true, '2025-08-28 00:00:00+00'),
	('e3f4a5b6-c7d8-4e9f-0a1b-2c3d4e5f6a7b', 'ChefSupplies', 30000, true, '2025-08-28 00:00:00+00'),
	('f4a5b6c7-d8e9-4f0a-1b2c-3d4e5f6a7b8c', 'OutdoorEscape', 75000, true, '2025-08-28 00:00:00+00'),
	('a5b6c7d8-e9f0-4a1b-2c3d-4e5f6a7b8c9d', 'LuxWatches', 150000, false, '2025-08-28 00:00:00+00'),
	('b6c7d8e9-f0a1-4b2c-3d4e-5f6a7b8c9d0e', 'VintageVault', 120000, false, '2025-08-28 00:00:00+00'),
	('c7d8e9f0-a1b2-4c3d-4e5f-6a7b8c9d0e1f', 'NightOwl Electronics', 85000, false, '2025-08-28 00:00:00+00'),
	('f0000000-0000-0000-0000-000000000001', 'BankSimFail', 0, true, '2025-08-28 00:00:00+00'),
	('01a21823-fce2-7000-abaf-c104ea3028ed', 'Capped Shop', 0, true, '2026-11-26 13:55:41.410481+00'),
	('01a21824-0287-7000-adc1-cfd367d4c84e', 'Plain Shop', 100000, true, '2026-11-26 13:55:42.855645+00'),
	('01a21824-063b-7000-aca2-40dde58c9e3d', 'Fixed Shop', 15000, true, '2026-11-26 13:55:43.804003+00'),
	('01a21824-07f4-7000-b516-dd58ae806a7e', 'Tight Shop', 0, true, '2026-11-26 13:55:44.244152+00'),
	('01a21824-118b-7000-99d3-55bed0b90e71', 'Toggled Shop', 40000, false, '2026-11-26 13:55:46.699943+00'),
	('01a21824-1251-7000-9d47-cb1aeef85cef', 'Asleep Shop', 40000, false, '2026-11-26 13:55:46.897134+00'),
	('01a21824-1254-7000-8cd5-b79c7e5151e7', 'Woken Shop', 40000, true, '2026-11-26 13:55:46.900175+00'),
	('01a21824-1259-7000-bd61-dd83420ce3ad', 'Offer Toggles', 20000, true, '2026-11-26 13:55:46.90575+00'),
	('01a21824-155c-7000-b594-ec531c7757ce', 'Big Shop', 200000, true, '2026-11-26 13:55:47.676893+00');

INSERT INTO public.offers VALUES
	('f0e1d2c3-b4a5-4678-9012-3456789abcde', 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d', 'percent', 50000, 5000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('a1b2c3d4-e5f6-4789-0abc-def012345678', 'b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e', 'fixed', 30000, 2000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000001', 'c3d4e5f6-a7b8-4c9d-0e1f-2a3b4c5d6e7f', 'percent', 20000, 1500, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('b2c3d4e5-f6a7-4890-abcd-ef1234567890', 'c3d4e5f6-a7b8-4c9d-0e1f-2a3b4c5d6e7f', 'percent', 20000, 1500, '2025-08-28', '2026-08-27', false, '2025-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000002', 'd4e5f6a7-b8c9-4d0e-1f2a-3b4c5d6e7f8a', 'percent', 40000, 4000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000003', 'e5f6a7b8-c9d0-4e1f-2a3b-4c5d6e7f8a9b', 'percent', 25000, 2500, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000004', 'f6a7b8c9-d0e1-4f2a-3b4c-5d6e7f8a9b0c', 'percent', 60000, 6000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000005', 'a7b8c9d0-e1f2-4a3b-4c5d-6e7f8a9b0c1d', 'percent', 15000, 1000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000006', 'b8c9d0e1-f2a3-4b4c-5d6e-7f8a9b0c1d2e', 'percent', 80000, 8000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000007', 'c9d0e1f2-a3b4-4c5d-6e7f-8a9b0c1d2e3f', 'percent', 30000, 3000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000008', 'd0e1f2a3-b4c5-4d6e-7f8a-9b0c1d2e3f4a', 'percent', 55000, 5500, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000009', 'e1f2a3b4-c5d6-4e7f-8a9b-0c1d2e3f4a5b', 'percent', 70000, 7000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000010', 'f2a3b4c5-d6e7-4f8a-9b0c-1d2e3f4a5b6c', 'percent', 45000, 4500, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000011', 'a3b4c5d6-e7f8-4a9b-0c1d-2e3f4a5b6c7d', 'percent', 20000, 2000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000012', 'b4c5d6e7-f8a9-4b0c-1d2e-3f4a5b6c7d8e', 'percent', 65000, 6500, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000013', 'c5d6e7f8-a9b0-4c1d-2e3f-4a5b6c7d8e9f', 'percent', 35000, 3500, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000014', 'd6e7f8a9-b0c1-4d2e-3f4a-5b6c7d8e9f0a', 'percent', 10000, 1000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000015', 'e7f8a9b0-c1d2-4e3f-4a5b-6c7d8e9f0a1b', 'percent', 90000, 9000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000016', 'f8a9b0c1-d2e3-4f4a-5b6c-7d8e9f0a1b2c', 'percent', 25000, 2500, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000017', 'a9b0c1d2-e3f4-4a5b-6c7d-8e9f0a1b2c3d', 'percent', 40000, 4000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000018', 'b0c1d2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'percent', 100000, 10000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000021', 'c1d2e3f4-a5b6-4c7d-8e9f-0a1b2c3d4e5f', 'percent', 15000, 1500, '2026-08-28', '2026-11-25', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000022', 'd2e3f4a5-b6c7-4d8e-9f0a-1b2c3d4e5f6a', 'percent', 50000, 5000, '2027-11-26', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c1d2e3f4-0000-0000-0002-000000000002', 'e3f4a5b6-c7d8-4e9f-0a1b-2c3d4e5f6a7b', 'percent', 20000, 2000, '2026-08-28', '2036-11-23', false, '2026-08-28 00:00:00+00'),
	('c1d2e3f4-0000-0000-0001-000000000001', 'f4a5b6c7-d8e9-4f0a-1b2c-3d4e5f6a7b8c', 'percent', 30000, 3000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('d0000001-0000-0000-0000-000000000001', 'a5b6c7d8-e9f0-4a1b-2c3d-4e5f6a7b8c9d', 'percent', 50000, 5000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000019', 'a5b6c7d8-e9f0-4a1b-2c3d-4e5f6a7b8c9d', 'percent', 150000, 15000, '2025-08-28', '2026-08-27', false, '2025-08-28 00:00:00+00'),
	('c3d4e5f6-a7b8-4c9d-1111-000000000020', 'b6c7d8e9-f0a1-4b2c-3d4e-5f6a7b8c9d0e', 'percent', 120000, 12000, '2025-08-28', '2026-08-27', false, '2025-08-28 00:00:00+00'),
	('f0000000-0000-0000-0001-000000000001', 'f0000000-0000-0000-0000-000000000001', 'percent', 50000, 10000, '2026-08-28', '2036-11-23', true, '2026-08-28 00:00:00+00'),
	('01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', '01a21823-fce2-7000-abaf-c104ea3028ed', 'percent', 100000, 10000, '2026-11-26', '2027-11-26', true, '2026-11-26 13:55:41.431677+00'),
	('01a21824-0642-7000-b6be-c5237c253544', '01a21824-063b-7000-aca2-40dde58c9e3d', 'fixed', 30000, 2000, '2026-11-26', '2027-11-26', true, '2026-11-26 13:55:43.811347+00'),
	('01a21824-07fa-7000-9393-c7ea42d95f33', '01a21824-07f4-7000-b516-dd58ae806a7e', 'percent', 100000, 500, '2026-11-26', '2027-11-26', true, '2026-11-26 13:55:44.250713+00'),
	('01a21824-1322-7000-8995-c8746d3d4c3c', '01a21824-1259-7000-bd61-dd83420ce3ad', 'percent', 90000, 4000, '2026-11-26', '2026-12-26', false, '2026-11-26 13:55:47.106957+00'),
	('01a21824-125c-7000-8f6a-be85c19a1c7f', '01a21824-1259-7000-bd61-dd83420ce3ad', 'percent', 80000, 4000, '2026-11-26', '2026-12-26', true, '2026-11-26 13:55:46.908603+00'),
	('01a21824-132f-7000-806e-6963416cb996', '01a21824-0287-7000-adc1-cfd367d4c84e', 'percent', 120000, 4000, '2027-01-05', '2027-01-25', false, '2026-11-26 13:55:47.119779+00');

INSERT INTO public.partner_events VALUES
	('01a21823-fe85-7000-9631-f2af825adb7f', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'cap-1', 'rejected', 'cancelled', NULL, NULL, '2026-11-26 13:55:41.808735+00', '2026-11-26 13:55:41.829626+00', 'd91484d4-89c9-4ba5-af4e-758dc5d87d2a', 'applied'),
	('01a21824-000c-7000-9e26-2eb10fac478f', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'cap-3', 'confirmed', NULL, NULL, NULL, '2026-11-26 13:55:42.211535+00', '2026-11-26 13:55:42.22065+00', '6775399f-1f08-4edb-bf26-1625be75ad7d', 'applied'),
	('01a21824-0111-7000-a332-e28d7b99ec9c', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'half-1', 'refunded', NULL, 'half-r1', 100000, '2026-11-26 13:55:42.472785+00', '2026-11-26 13:55:42.481471+00', '9e599c9b-36b5-43b5-905e-bb1ed4da5c82', 'applied'),
	('01a21824-01f1-7000-b1f4-d591e35c38ef', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'half-1', 'confirmed', NULL, NULL, NULL, '2026-11-26 13:55:42.700959+00', '2026-11-26 13:55:42.705727+00', 'bd510dd0-7622-4737-a197-01b7a44610c1', 'applied'),
	('01a21824-0249-7000-a2e4-2591f2a3a640', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'half-1', 'refunded', NULL, 'half-r2', 10000, '2026-11-26 13:55:42.762394+00', '2026-11-26 13:55:42.793514+00', 'cbc0a3e0-4a1c-45c7-a07a-999353f3609b', 'applied'),
	('01a21824-0347-7000-aaa3-99a9277139e8', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'round-1', 'refunded', NULL, 'round-r1', 14, '2026-11-26 13:55:43.033279+00', '2026-11-26 13:55:43.047818+00', '74d2f77b-72e4-4a26-a13d-c90fa781202b', 'applied'),
	('01a21824-0434-7000-8eb4-cde9834707fe', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'round-2', 'confirmed', NULL, NULL, NULL, '2026-11-26 13:55:43.276839+00', '2026-11-26 13:55:43.284379+00', '0d450c78-38bc-43d9-89ab-f576d646cad2', 'applied'),
	('01a21824-0476-7000-9cdb-159e6ec392ab', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'round-2', 'refunded', NULL, 'round-r2', 4000, '2026-11-26 13:55:43.340572+00', '2026-11-26 13:55:43.350606+00', '9260aaa7-abb9-4e44-b76b-a556279e746c', 'applied'),
	('01a21824-0581-7000-9525-94416df63c67', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'round-3', 'refunded', NULL, 'round-r3', 2000, '2026-11-26 13:55:43.581682+00', '2026-11-26 13:55:43.617129+00', '104b4da0-50a0-4f51-ae47-88244a06ea65', 'applied'),
	('01a21824-05e0-7000-b6b4-ed33bd5fe83a', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'round-3', 'refunded', NULL, 'round-r4', 3000, '2026-11-26 13:55:43.692223+00', '2026-11-26 13:55:43.712821+00', '81cb93b8-2fbf-4e97-8aa6-67ccba730b43', 'applied'),
	('01a21824-06ec-7000-a9e5-ea7164e74e20', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'fixed-1', 'refunded', NULL, 'fixed-r1', 4000, '2026-11-26 13:55:43.969941+00', '2026-11-26 13:55:43.980132+00', 'dfa3a7af-5624-495f-889b-e2d433242c25', 'applied'),
	('01a21824-0a0f-7000-bf8f-a08b63631b4a', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'tight-2', 'confirmed', NULL, NULL, NULL, '2026-11-26 13:55:44.772954+00', '2026-11-26 13:55:44.783226+00', '94cb35f3-7dbd-47d3-bc45-6a456d223a42', 'applied'),
	('01a21824-0cc4-7000-bd55-3c3b2dea691b', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'later-1', 'confirmed', NULL, NULL, NULL, '2026-11-26 13:55:45.472171+00', '2026-11-26 13:55:45.476577+00', 'a97a596f-1942-4437-bd97-530c8bdf496a', 'applied'),
	('01a21824-0d2d-7000-be2d-42ea77f374ce', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'later-1', 'refunded', NULL, 'later-r1', 1000, '2026-11-26 13:55:45.530595+00', '2026-11-26 13:55:45.581609+00', '648b9290-6a8e-466f-b93e-35937e55021d', 'applied'),
	('01a21824-10a3-7000-9420-1934dea138ae', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'never-1', 'confirmed', NULL, NULL, NULL, '2026-11-26 13:55:46.402947+00', '2026-11-26 13:55:46.467418+00', 'f3182533-a726-4db6-a0a8-2197f408c5c2', NULL),
	('01a21824-1101-7000-9ebb-677aade5aefb', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'never-2', 'rejected', 'no', NULL, NULL, '2026-11-26 13:55:46.535158+00', '2026-11-26 13:55:46.561779+00', '595ed5ba-0b3d-494d-a8eb-8b8aa49e7876', NULL),
	('01a21824-114c-7000-9bdc-e94fb67e2c0b', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'never-3', 'refunded', NULL, 'never-r1', 500, '2026-11-26 13:55:46.615786+00', '2026-11-26 13:55:46.636103+00', '257f1173-a696-44fb-8194-36603833c0b9', NULL),
	('01a21824-1600-7000-a5fc-0ae20d2cfc9e', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'big-erin', 'confirmed', NULL, NULL, NULL, '2026-11-26 13:55:47.834841+00', '2026-11-26 13:55:47.840248+00', '0c566ae6-ff39-4b43-97a4-f75e38d016d9', 'applied'),
	('01a21824-1715-7000-a455-271325fe41e6', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'big-grace', 'confirmed', NULL, NULL, NULL, '2026-11-26 13:55:48.090904+00', '2026-11-26 13:55:48.117011+00', 'eeac9454-497c-449f-8abf-0e1383ec0f3a', 'applied'),
	('01a21824-181f-7000-a943-60339d35716d', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'big-frank', 'confirmed', NULL, NULL, NULL, '2026-11-26 13:55:48.332622+00', '2026-11-26 13:55:48.383357+00', 'a2e6f7d9-e2a2-4b2c-a88f-3e16094ae3e8', 'applied');

INSERT INTO public.partner_secrets VALUES
	('ee000001-0000-0000-0000-000000000011', 'ee000001-0000-0000-0000-000000000001', '\x636c69636b6e6261636b2d64656d6f2d706172746e65722d7365637265742d31', '2026-08-28 13:55:30.671053+00'),
	('01a21823-fcc4-7001-b040-5b36c80c04c7', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', '\x368f85f68404ac2b418a3c53cbb9d76a79680514dc71fb3a89b264d853480f6a', '2026-11-26 13:55:41.380843+00'),
	('01a21823-fcd4-7000-b400-e0fa9b9c22bf', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', '\xe9718d272cc451dbd85c678a1f1e6b2f71cca05170021482551a3f0720f2f1e1', '2026-11-26 13:55:41.396036+00');

INSERT INTO public.partners VALUES
	('ee000001-0000-0000-0000-000000000001', 'Demo Partner', true, 'verification', '2026-08-28 13:55:30.671053+00'),
	('01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'Own Word Network', true, 'partner', '2026-11-26 13:55:41.380843+00');

INSERT INTO public.payout_idempotency_keys VALUES
	('01a21823-e84e-7000-a2fa-f5cea180ed0b', 'large-1', '\x8fb33585c46e58d7aeb0ad72b2539fd6c48e7edff41e6679db946bf2b13cc097', '01a21824-1a9f-7000-b475-613c23fb120f', '2026-11-26 13:55:49.021386+00'),
	('01a21823-ecbb-7000-b1e7-abcfd4b32621', 'small-1', '\x4383e8898bc594db4fc89b0f4b99642425a2471b067a9f8c8f111f3cf01fc289', '01a21824-1ad7-7000-93ec-c8e6b707fa4f', '2026-11-26 13:55:49.078877+00'),
	('01a21823-ecbb-7000-b1e7-abcfd4b32621', 'small-2', '\x05042b51b0113845a0c82746dc55fd0865d74383074387f40f84b95fc1559054', '01a21824-1ade-7000-b63e-67f9a343fab7', '2026-11-26 13:55:49.086401+00'),
	('01a21823-eada-7000-91fd-34eab0f47620', 'fail-1', '\x297e92eb98a535205dafef82fa8cdcac690b3b5714642b342f1451d567909a65', '01a21824-1aec-7000-90b9-b96c05596303', '2026-11-26 13:55:49.099889+00');

INSERT INTO public.payouts VALUES
	('dd000001-0000-0000-0000-000000000001', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 5000, 'EUR', 'bank_transfer', '\x06e0706e85f1e0ae11e53ab6ee3a2322e2428a425ca25613eb221fcaca2dbaf8a78dbff126a8709b94b76cf8fb743b506d59ae84b3ef9a00', '66687aadf862bd77', '3000', 'completed', '2026-10-12 13:55:30.671053+00', '2026-10-13 13:55:30.671053+00', NULL, NULL),
	('01a21824-1ade-7000-b63e-67f9a343fab7', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 1500, 'EUR', 'bank_transfer', '\xcd8ae298ca1099d889988b61d2f9123885d6b5b880f73a2bdb4e1906eee8af3f8eb97344357af6c050ed391d37e64b3724443d75d6a8d29442fff287', '66687aadf862bd77', '3000', 'requested', '2026-11-26 13:55:49.086401+00', NULL, NULL, NULL),
	('01a21824-1a9f-7000-b475-613c23fb120f', '01a21823-e84e-7000-a2fa-f5cea180ed0b', 60000, 'EUR', 'bank_transfer', '\x2973e993150664b12eab1a2a336725af18a020c12eb82460f8ce3becc612309c919ea2b4ebe34a3cad1e17a5415982b5d3827fea117e92ae52ef5755', '66687aadf862bd77', '3000', 'processing', '2026-11-26 13:55:49.021386+00', NULL, NULL, NULL),
	('01a21824-1ad7-7000-93ec-c8e6b707fa4f', '01a21823-ecbb-7000-b1e7-abcfd4b32621', 2000, 'EUR', 'bank_transfer', '\x3520688035dfed6e1c2cbbfe33db481651e181eb26e8160ec440f360fb7d6770baabf837e350bb3fc39edb42e863aeef6cbe7f08c4e4dbec4e63ee00', '66687aadf862bd77', '3000', 'completed', '2026-11-26 13:55:49.078877+00', '2026-11-26 13:55:49.133877+00', 'ref-1', NULL),
	('01a21824-1aec-7000-90b9-b96c05596303', '01a21823-eada-7000-91fd-34eab0f47620', 4000, 'EUR', 'bank_transfer', '\xc32fc642bdc0f05eb75bdb132f9a729bf44931bb1512293dab50cb7056276cbf009770380ae9f2ff957f302c8d8cf8df40aa529ce48c7e5c314bcc68', '66687aadf862bd77', '3000', 'failed', '2026-11-26 13:55:49.099889+00', '2026-11-26 13:55:49.148686+00', NULL, 'account closed');

INSERT INTO public.purchases VALUES
	('aa000001-0000-0000-0000-000000000005', NULL, 'txn_seed_005', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d', 30000, 'EUR', '2026-11-16 13:55:30.671053+00', true, 'f0e1d2c3-b4a5-4678-9012-3456789abcde', 'percent', 50000, 5000, 1500, 0, 'confirmed', NULL, '2026-11-16 13:55:30.671053+00', '2026-11-16 13:56:15.671053+00'),
	('aa000001-0000-0000-0000-000000000012', NULL, 'txn_seed_012', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d', 100000, 'EUR', '2026-09-27 13:55:30.671053+00', true, 'f0e1d2c3-b4a5-4678-9012-3456789abcde', 'percent', 50000, 5000, 5000, 0, 'confirmed', NULL, '2026-09-27 13:55:30.671053+00', '2026-09-27 13:56:15.671053+00'),
	('bb000001-0000-0000-0000-000000000001', NULL, 'txn_seed_reject_001', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'f0000000-0000-0000-0000-000000000001', 9900, 'EUR', '2026-11-26 12:55:30.671053+00', true, 'f0000000-0000-0000-0001-000000000001', 'percent', 50000, 10000, 495, 0, 'pending', NULL, '2026-11-26 12:55:30.671053+00', '2026-11-26 12:55:30.671053+00'),
	('aa000001-0000-0000-0000-000000000008', NULL, 'txn_seed_008', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d', 12000, 'EUR', '2026-11-15 13:55:30.671053+00', true, 'f0e1d2c3-b4a5-4678-9012-3456789abcde', 'percent', 50000, 5000, 600, 0, 'confirmed', NULL, '2026-11-15 13:55:30.671053+00', '2026-11-15 13:56:15.671053+00'),
	('aa000001-0000-0000-0000-000000000006', NULL, 'txn_seed_006', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e', 4000, 'EUR', '2026-11-18 13:55:30.671053+00', true, 'a1b2c3d4-e5f6-4789-0abc-def012345678', 'fixed', 30000, 2000, 300, 0, 'reversed', NULL, '2026-11-18 13:55:30.671053+00', '2026-11-18 16:55:30.671053+00'),
	('bb000001-0000-0000-0000-000000000002', NULL, 'txn_seed_reject_002', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'f0000000-0000-0000-0000-000000000001', 4950, 'EUR', '2026-11-26 11:55:30.671053+00', true, 'f0000000-0000-0000-0001-000000000001', 'percent', 50000, 10000, 248, 0, 'pending', NULL, '2026-11-26 11:55:30.671053+00', '2026-11-26 11:55:30.671053+00'),
	('aa000001-0000-0000-0000-000000000010', NULL, 'txn_seed_010', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e', 25000, 'EUR', '2026-11-17 13:55:30.671053+00', true, 'a1b2c3d4-e5f6-4789-0abc-def012345678', 'fixed', 30000, 2000, 300, 0, 'reversed', NULL, '2026-11-17 13:55:30.671053+00', '2026-11-17 16:55:30.671053+00'),
	('cc000001-0000-0000-0000-000000000001', NULL, 'txn_seed_manual_001', 'e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d', 15000, 'EUR', '2026-11-24 13:55:30.671053+00', true, 'f0e1d2c3-b4a5-4678-9012-3456789abcde', 'percent', 50000, 5000, 750, 0, 'pending', NULL, '2026-11-24 13:55:30.671053+00', '2026-11-24 13:55:30.671053+00'),
	('cc000001-0000-0000-0000-000000000002', NULL, 'txn_seed_manual_002', 'e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e', 8500, 'EUR', '2026-11-25 13:55:30.671053+00', true, 'a1b2c3d4-e5f6-4789-0abc-def012345678', 'fixed', 30000, 2000, 300, 0, 'pending', NULL, '2026-11-25 13:55:30.671053+00', '2026-11-25 13:55:30.671053+00'),
	('aa000001-0000-0000-0000-000000000001', NULL, 'txn_seed_001', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d', 10000, 'EUR', '2026-11-21 13:55:30.671053+00', true, 'f0e1d2c3-b4a5-4678-9012-3456789abcde', 'percent', 50000, 5000, 500, 0, 'confirmed', NULL, '2026-11-21 13:55:30.671053+00', '2026-11-26 13:55:31.662025+00'),
	('aa000001-0000-0000-0000-000000000011', NULL, 'txn_seed_011', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'f6a7b8c9-d0e1-4f2a-3b4c-5d6e7f8a9b0c', 9000, 'EUR', '2026-11-19 13:55:30.671053+00', true, 'c3d4e5f6-a7b8-4c9d-1111-000000000004', 'percent', 60000, 6000, 540, 0, 'confirmed', NULL, '2026-11-19 13:55:30.671053+00', '2026-11-26 13:55:31.662025+00'),
	('aa000001-0000-0000-0000-000000000003', NULL, 'txn_seed_003', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e', 7500, 'EUR', '2026-11-23 13:55:30.671053+00', true, 'a1b2c3d4-e5f6-4789-0abc-def012345678', 'fixed', 30000, 2000, 300, 0, 'confirmed', NULL, '2026-11-23 13:55:30.671053+00', '2026-11-26 13:55:31.662025+00'),
	('aa000001-0000-0000-0000-000000000002', NULL, 'txn_seed_002', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d', 5000, 'EUR', '2026-11-22 13:55:30.671053+00', true, 'f0e1d2c3-b4a5-4678-9012-3456789abcde', 'percent', 50000, 5000, 250, 0, 'confirmed', NULL, '2026-11-22 13:55:30.671053+00', '2026-11-26 13:55:31.662025+00'),
	('aa000001-0000-0000-0000-000000000004', NULL, 'txn_seed_004', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'f6a7b8c9-d0e1-4f2a-3b4c-5d6e7f8a9b0c', 20000, 'EUR', '2026-11-24 13:55:30.671053+00', true, 'c3d4e5f6-a7b8-4c9d-1111-000000000004', 'percent', 60000, 6000, 1200, 0, 'confirmed', NULL, '2026-11-24 13:55:30.671053+00', '2026-11-26 13:55:31.662025+00'),
	('aa000001-0000-0000-0000-000000000007', NULL, 'txn_seed_007', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e', 8000, 'EUR', '2026-11-25 13:55:30.671053+00', true, 'a1b2c3d4-e5f6-4789-0abc-def012345678', 'fixed', 30000, 2000, 300, 0, 'confirmed', NULL, '2026-11-25 13:55:30.671053+00', '2026-11-26 13:55:31.662025+00'),
	('aa000001-0000-0000-0000-000000000009', NULL, 'txn_seed_009', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'f6a7b8c9-d0e1-4f2a-3b4c-5d6e7f8a9b0c', 6000, 'EUR', '2026-11-20 13:55:30.671053+00', true, 'c3d4e5f6-a7b8-4c9d-1111-000000000004', 'percent', 60000, 6000, 360, 0, 'confirmed', NULL, '2026-11-20 13:55:30.671053+00', '2026-11-26 13:55:31.662025+00'),
	('01a21823-fdcb-7000-80d1-4c78a4ae4f04', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'cap-2', '01a21823-e84e-7000-a2fa-f5cea180ed0b', '01a21823-fce2-7000-abaf-c104ea3028ed', 50000, 'EUR', '2026-11-26 13:55:41.643227+00', false, '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', 'percent', 100000, 10000, 5000, 0, 'pending', NULL, '2026-11-26 13:55:41.643227+00', '2026-11-26 13:55:41.643227+00'),
	('01a21823-fd0e-7000-bac3-2c2ab7a632de', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'cap-1', '01a21823-e84e-7000-a2fa-f5cea180ed0b', '01a21823-fce2-7000-abaf-c104ea3028ed', 100000, 'EUR', '2026-11-26 13:55:41.455364+00', false, '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', 'percent', 100000, 10000, 10000, 0, 'rejected', 'cancelled', '2026-11-26 13:55:41.455364+00', '2026-11-26 13:55:41.834122+00'),
	('01a21823-ff6a-7000-9821-2de8677e5c24', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'cap-4', '01a21823-e84e-7000-a2fa-f5cea180ed0b', '01a21823-fce2-7000-abaf-c104ea3028ed', 90000, 'EUR', '2026-11-26 13:55:42.058413+00', false, '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', 'percent', 100000, 10000, 9000, 0, 'pending', NULL, '2026-11-26 13:55:42.058413+00', '2026-11-26 13:55:42.058413+00'),
	('01a21823-fecc-7000-98ef-f181e2feeb7c', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'cap-3', '01a21823-e84e-7000-a2fa-f5cea180ed0b', '01a21823-fce2-7000-abaf-c104ea3028ed', 30000, 'EUR', '2026-11-26 13:55:41.900624+00', false, '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', 'percent', 100000, 10000, 3000, 0, 'confirmed', NULL, '2026-11-26 13:55:41.900624+00', '2026-11-26 13:55:42.254154+00'),
	('01a21824-006b-7000-850a-837a23bea62f', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'half-1', '01a21823-eada-7000-91fd-34eab0f47620', '01a21823-fce2-7000-abaf-c104ea3028ed', 200000, 'EUR', '2026-11-26 13:55:42.316026+00', false, '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', 'percent', 100000, 10000, 20000, 110000, 'confirmed', NULL, '2026-11-26 13:55:42.316026+00', '2026-11-26 13:55:42.795013+00'),
	('01a21824-1260-7000-ba02-96739e5df679', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'tog-2', '01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-1259-7000-bd61-dd83420ce3ad', 1000, 'EUR', '2026-11-26 13:55:46.912054+00', false, '01a21824-125c-7000-8f6a-be85c19a1c7f', 'percent', 80000, 4000, 80, 0, 'pending', NULL, '2026-11-26 13:55:46.912054+00', '2026-11-26 13:55:46.912054+00'),
	('01a21824-0152-7000-b1a7-57420b751be8', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'half-2', '01a21823-eada-7000-91fd-34eab0f47620', '01a21823-fce2-7000-abaf-c104ea3028ed', 10000, 'EUR', '2026-11-26 13:55:42.546863+00', false, '01a21823-fcf4-7000-b7ec-cf0dc5ea95ab', 'percent', 100000, 10000, 1000, 0, 'pending', NULL, '2026-11-26 13:55:42.546863+00', '2026-11-26 13:55:42.546863+00'),
	('01a21824-0297-7000-b4c8-5d7a1d8302cd', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'round-1', '01a21823-ecbb-7000-b1e7-abcfd4b32621', '01a21824-0287-7000-adc1-cfd367d4c84e', 99, 'EUR', '2026-11-26 13:55:42.871435+00', false, NULL, 'percent', 100000, NULL, 10, 14, 'pending', NULL, '2026-11-26 13:55:42.871435+00', '2026-11-26 13:55:43.054325+00'),
	('01a21824-0393-7000-8ed2-f6169f4e6c23', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'round-2', '01a21823-ecbb-7000-b1e7-abcfd4b32621', '01a21824-0287-7000-adc1-cfd367d4c84e', 10000, 'EUR', '2026-11-26 13:55:43.123428+00', false, NULL, 'percent', 100000, NULL, 1000, 4000, 'confirmed', NULL, '2026-11-26 13:55:43.123428+00', '2026-11-26 13:55:43.353412+00'),
	('01a21824-1753-7000-bf0a-48c8df7b18aa', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'big-frank', '01a21823-eada-7000-91fd-34eab0f47620', '01a21824-155c-7000-b594-ec531c7757ce', 50000, 'EUR', '2026-11-26 13:55:48.179159+00', false, NULL, 'percent', 200000, NULL, 10000, 0, 'confirmed', NULL, '2026-11-26 13:55:48.179159+00', '2026-11-26 13:55:48.384398+00'),
	('01a21824-04bf-7000-b981-c340297e6802', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'round-3', '01a21823-ecbb-7000-b1e7-abcfd4b32621', '01a21824-0287-7000-adc1-cfd367d4c84e', 5000, 'EUR', '2026-11-26 13:55:43.423825+00', false, NULL, 'percent', 100000, NULL, 500, 5000, 'reversed', NULL, '2026-11-26 13:55:43.423825+00', '2026-11-26 13:55:43.715824+00'),
	('01a21824-0649-7000-9361-ac4c5950e9bd', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'fixed-1', '01a21823-ecbb-7000-b1e7-abcfd4b32621', '01a21824-063b-7000-aca2-40dde58c9e3d', 8000, 'EUR', '2026-11-26 13:55:43.817294+00', false, '01a21824-0642-7000-b6be-c5237c253544', 'fixed', 30000, 2000, 300, 4000, 'pending', NULL, '2026-11-26 13:55:43.817294+00', '2026-11-26 13:55:43.981276+00'),
	('01a21824-0750-7000-a59c-27b027ed485c', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'fixed-2', '01a21823-ecbb-7000-b1e7-abcfd4b32621', '01a21824-063b-7000-aca2-40dde58c9e3d', 200, 'EUR', '2026-11-26 13:55:44.080524+00', false, '01a21824-0642-7000-b6be-c5237c253544', 'fixed', 30000, 2000, 200, 0, 'pending', NULL, '2026-11-26 13:55:44.080524+00', '2026-11-26 13:55:44.080524+00'),
	('01a21824-07ff-7000-8d01-d1dce309b4db', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'tight-1', '01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-07f4-7000-b516-dd58ae806a7e', 4000, 'EUR', '2026-11-26 13:55:44.255131+00', false, '01a21824-07fa-7000-9393-c7ea42d95f33', 'percent', 100000, 500, 400, 0, 'pending', NULL, '2026-11-26 13:55:44.255131+00', '2026-11-26 13:55:44.255131+00'),
	('01a21824-094d-7000-bf37-d5fd8191690c', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'tight-3', '01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-07f4-7000-b516-dd58ae806a7e', 4000, 'EUR', '2026-11-26 13:55:44.589856+00', false, '01a21824-07fa-7000-9393-c7ea42d95f33', 'percent', 100000, 500, 400, 0, 'pending', NULL, '2026-11-26 13:55:44.589856+00', '2026-11-26 13:55:44.589856+00'),
	('01a21824-08a4-7000-b27e-5c586f554a6c', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'tight-2', '01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-07f4-7000-b516-dd58ae806a7e', 4000, 'EUR', '2026-11-26 13:55:44.420317+00', false, '01a21824-07fa-7000-9393-c7ea42d95f33', 'percent', 100000, 500, 400, 0, 'confirmed', NULL, '2026-11-26 13:55:44.420317+00', '2026-11-26 13:55:44.784295+00'),
	('01a21824-0a4b-7000-b62b-cc8a35be6c79', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'adm-1', '01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-0287-7000-adc1-cfd367d4c84e', 3000, 'EUR', '2026-11-26 13:55:44.843378+00', false, NULL, 'percent', 100000, NULL, 300, 0, 'confirmed', NULL, '2026-11-26 13:55:44.843378+00', '2026-11-26 13:55:45.001916+00'),
	('01a21824-0af2-7000-bf3f-210a1400dc4d', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'adm-2', '01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-0287-7000-adc1-cfd367d4c84e', 3000, 'EUR', '2026-11-26 13:55:45.010294+00', false, NULL, 'percent', 100000, NULL, 300, 0, 'rejected', 'by an admin', '2026-11-26 13:55:45.010294+00', '2026-11-26 13:55:45.191708+00'),
	('01a21824-0bb6-7000-a201-2482f93fdcc4', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'adm-3', '01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-0287-7000-adc1-cfd367d4c84e', 3000, 'EUR', '2026-11-26 13:55:45.206931+00', false, NULL, 'percent', 100000, NULL, 300, 0, 'reversed', NULL, '2026-11-26 13:55:45.206931+00', '2026-11-26 13:55:45.436366+00'),
	('01a21824-0d9b-7000-8383-a2a768459545', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'later-1', '01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-0287-7000-adc1-cfd367d4c84e', 6000, 'EUR', '2026-11-26 13:55:45.691984+00', false, NULL, 'percent', 100000, NULL, 600, 1000, 'confirmed', NULL, '2026-11-26 13:55:45.691984+00', '2026-11-26 13:55:45.743597+00'),
	('01a21824-1190-7000-9fa8-4a9cd0b7f192', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'tog-1', '01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-118b-7000-99d3-55bed0b90e71', 1000, 'EUR', '2026-11-26 13:55:46.704649+00', false, NULL, 'percent', 40000, NULL, 40, 0, 'pending', NULL, '2026-11-26 13:55:46.704649+00', '2026-11-26 13:55:46.704649+00'),
	('01a21824-1337-7000-8a28-f48ed5cf3901', NULL, 'own-1', '01a21823-e84e-7000-a2fa-f5cea180ed0b', '01a21824-0287-7000-adc1-cfd367d4c84e', 2500, 'EUR', '2026-11-26 13:55:47.12713+00', false, NULL, 'percent', 100000, NULL, 250, 0, 'pending', NULL, '2026-11-26 13:55:47.12713+00', '2026-11-26 13:55:47.12713+00'),
	('01a21824-135b-7000-99c9-465623a4a52b', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'batch-0', '01a21823-e84e-7000-a2fa-f5cea180ed0b', '01a21824-0287-7000-adc1-cfd367d4c84e', 1000, 'EUR', '2026-11-26 13:55:47.163704+00', false, NULL, 'percent', 100000, NULL, 100, 0, 'pending', NULL, '2026-11-26 13:55:47.163704+00', '2026-11-26 13:55:47.163704+00'),
	('01a21824-135b-7001-b2a9-e19acaa60348', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'batch-1', '01a21823-eada-7000-91fd-34eab0f47620', '01a21824-0287-7000-adc1-cfd367d4c84e', 2000, 'EUR', '2026-11-26 13:55:47.163704+00', false, NULL, 'percent', 100000, NULL, 200, 0, 'pending', NULL, '2026-11-26 13:55:47.163704+00', '2026-11-26 13:55:47.163704+00'),
	('01a21824-135b-7002-9d28-bea6b3e79af3', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'batch-2', '01a21823-ecbb-7000-b1e7-abcfd4b32621', '01a21824-0287-7000-adc1-cfd367d4c84e', 3000, 'EUR', '2026-11-26 13:55:47.163704+00', false, NULL, 'percent', 100000, NULL, 300, 0, 'pending', NULL, '2026-11-26 13:55:47.163704+00', '2026-11-26 13:55:47.163704+00'),
	('01a21824-135b-7003-9d5c-8fe4b94ef605', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'batch-3', '01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-0287-7000-adc1-cfd367d4c84e', 4000, 'EUR', '2026-11-26 13:55:47.163704+00', false, NULL, 'percent', 100000, NULL, 400, 0, 'pending', NULL, '2026-11-26 13:55:47.163704+00', '2026-11-26 13:55:47.163704+00'),
	('01a21824-135b-7004-9348-6180744cbf62', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'batch-4', '01a21823-e84e-7000-a2fa-f5cea180ed0b', '01a21824-0287-7000-adc1-cfd367d4c84e', 5000, 'EUR', '2026-11-26 13:55:47.163704+00', false, NULL, 'percent', 100000, NULL, 500, 0, 'pending', NULL, '2026-11-26 13:55:47.163704+00', '2026-11-26 13:55:47.163704+00'),
	('01a21824-1561-7000-a04a-30a59d370eae', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'big-erin', '01a21823-e84e-7000-a2fa-f5cea180ed0b', '01a21824-155c-7000-b594-ec531c7757ce', 350000, 'EUR', '2026-11-26 13:55:47.681653+00', false, NULL, 'percent', 200000, NULL, 70000, 0, 'confirmed', NULL, '2026-11-26 13:55:47.681653+00', '2026-11-26 13:55:47.841269+00'),
	('01a21824-1645-7000-83a9-4fcb358246f2', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'big-grace', '01a21823-ecbb-7000-b1e7-abcfd4b32621', '01a21824-155c-7000-b594-ec531c7757ce', 30000, 'EUR', '2026-11-26 13:55:47.909142+00', false, NULL, 'percent', 200000, NULL, 6000, 0, 'confirmed', NULL, '2026-11-26 13:55:47.909142+00', '2026-11-26 13:55:48.117867+00'),
	('01a21827-dab6-7000-afc9-6e3ad17e5257', '01a21823-fcc4-7000-b7ac-d5fe26c4dfed', 'owed-1', '01a21823-efdd-7000-b45f-abc2056b45e8', '01a21824-0287-7000-adc1-cfd367d4c84e', 7000, 'EUR', '2026-11-26 13:59:54.806351+00', false, NULL, 'percent', 100000, NULL, 700, 0, 'pending', NULL, '2026-11-26 13:59:54.806351+00', '2026-11-26 13:59:54.806351+00');

INSERT INTO public.refresh_tokens VALUES
	('\x1c791854e2ebde4fac55ec41be013e2e85d15eb90ffafa9fa1546444ecd91ff2', '01a21823-e1b8-7000-b56e-c600b4576f0e', '2fa33f49-0651-4367-baa0-16cf2474e983', '2026-11-26 13:55:34+00', '2026-12-26 13:55:34+00', NULL),
	('\x89c1276b968d61f3c6c94994b10a7d9007d3303802c71a6aca9c537d4928c749', '01a21823-e462-7000-b0a6-06b1c6708d8f', 'bb61d72a-ad2e-4a86-bbd8-912b572dba9d', '2026-11-26 13:55:35+00', '2026-12-26 13:55:35+00', NULL),
	('\x00ed3487396af3c10f8d97cd5a23489b0e3d8c3ee051ef4571cb3cc4e23a7283', '01a21823-e841-7000-bcbe-c8d445da899a', '62dadc85-1479-4a28-b8b5-b4263ee36aa0', '2026-11-26 13:55:36+00', '2026-12-26 13:55:36+00', NULL),
	('\x4a89cf54205daea13addf584e1d60affb62332743dfc17ded7f3b3d541926754', '01a21823-f4f9-7000-97fc-3a32d5dddf1f', '0567a8fa-c930-4179-af8b-4da5dc344cd7', '2026-11-26 13:55:39+00', '2026-12-26 13:55:39+00', NULL),
	('\xdf4193ad97b1cc4099312e17572a0ebf2dc7e0a016f8eff6016188cf0ce09000', '01a21823-f787-7000-9671-3686e9302297', '64ecb85e-ba30-4b10-9783-ba948cabc769', '2026-11-26 13:55:40+00', '2026-12-26 13:55:40+00', NULL),
	('\x53702e23bbaa91f712a3cc25ed8cc16a68455053461a3a7f92aff33715c51746', '01a21823-fac6-7000-8537-decde1d11976', '90f94576-813a-4511-aecf-d9ad3099031b', '2026-11-26 13:55:40+00', '2026-12-26 13:55:40+00', NULL),
	('\xae3ffcf5f93fa3ada21d41d09a2207703675978970bc7c5637df5424fece2e15', '01a21823-fca8-7000-b5f2-40510affcaa9', 'f150b318-f3a4-41a7-867c-82b226ecbb29', '2026-11-26 13:55:41+00', '2026-12-26 13:55:41+00', NULL),
	('\xc61e79f14eeedcc75e21168b70c9086d2c546d6d4024d3ed385192de4a55ab9a', '01a21827-d46e-7000-8c74-a3ab13ea3e48', '5834ddea-b752-4ca1-8b3f-79b7832fe3f0', '2026-11-26 13:59:53+00', '2026-12-26 13:59:53+00', NULL),
	('\x451a9df7b2a78dd7cf9f17015715a578fa88268c104993447205613d1a83d4a5', '01a21827-d517-7000-b243-81aee545869e', '14e33e8b-1e93-45c8-844a-21c41d16d362', '2026-11-26 13:59:53+00', '2026-12-26 13:59:53+00', NULL),
	('\xd4297206cffbca126814bd8c3919f8d6833749b703cc3c41da9e3ae1db8b2fe7', '01a21827-d6a7-7000-8a21-77d4047bd9dd', 'c1545bd6-550a-487e-9f7b-230c6f3ec4f5', '2026-11-26 13:59:53+00', '2026-12-26 13:59:53+00', NULL);

INSERT INTO public.refunds VALUES
	('01a21824-0113-7000-8389-3cfc95ae3d14', '01a21824-006b-7000-850a-837a23bea62f', 'half-r1', 100000, 5000, '2026-11-26 13:55:42.484529+00'),
	('01a21824-024a-7000-a009-1e8598e66e8a', '01a21824-006b-7000-850a-837a23bea62f', 'half-r2', 10000, 500, '2026-11-26 13:55:42.795013+00'),
	('01a21824-034e-7000-a2c4-70cde2beaa55', '01a21824-0297-7000-b4c8-5d7a1d8302cd', 'round-r1', 14, 1, '2026-11-26 13:55:43.054325+00'),
	('01a21824-0479-7000-ac83-0f824797e5a4', '01a21824-0393-7000-8ed2-f6169f4e6c23', 'round-r2', 4000, 400, '2026-11-26 13:55:43.353412+00'),
	('01a21824-058f-7000-8ee4-766bd22d671c', '01a21824-04bf-7000-b981-c340297e6802', 'round-r3', 2000, 200, '2026-11-26 13:55:43.631238+00'),
	('01a21824-05e3-7000-8aea-ddd23c4f1e64', '01a21824-04bf-7000-b981-c340297e6802', 'round-r4', 3000, 0, '2026-11-26 13:55:43.715824+00'),
	('01a21824-06ed-7000-8423-70928f9e5e41', '01a21824-0649-7000-9361-ac4c5950e9bd', 'fixed-r1', 4000, 150, '2026-11-26 13:55:43.981276+00'),
	('01a21824-0dcf-7000-90f0-7f3a12f6f996', '01a21824-0d9b-7000-8383-a2a768459545', 'later-r1', 1000, 100, '2026-11-26 13:55:45.743597+00');

INSERT INTO public.token_families VALUES
	('01a21823-e1b8-7000-b56e-c600b4576f0e', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', '2026-11-26 13:55:34+00', NULL),
	('01a21823-e462-7000-b0a6-06b1c6708d8f', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1b', '2026-11-26 13:55:35+00', NULL),
	('01a21823-e841-7000-bcbe-c8d445da899a', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', '2026-11-26 13:55:36+00', NULL),
	('01a21823-f4f9-7000-97fc-3a32d5dddf1f', '01a21823-e84e-7000-a2fa-f5cea180ed0b', '2026-11-26 13:55:39+00', NULL),
	('01a21823-f787-7000-9671-3686e9302297', '01a21823-eada-7000-91fd-34eab0f47620', '2026-11-26 13:55:40+00', NULL),
	('01a21823-fac6-7000-8537-decde1d11976', '01a21823-ecbb-7000-b1e7-abcfd4b32621', '2026-11-26 13:55:40+00', NULL),
	('01a21823-fca8-7000-b5f2-40510affcaa9', '01a21823-efdd-7000-b45f-abc2056b45e8', '2026-11-26 13:55:41+00', NULL),
	('01a21827-d46e-7000-8c74-a3ab13ea3e48', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', '2026-11-26 13:59:53+00', NULL),
	('01a21827-d517-7000-b243-81aee545869e', 'd9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1b', '2026-11-26 13:59:53+00', NULL),
	('01a21827-d6a7-7000-8a21-77d4047bd9dd', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', '2026-11-26 13:59:53+00', NULL);

INSERT INTO public.users VALUES
	('c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'bob@clicknback.com', 'bob@clicknback.com', '$2b$10$T2vksSBsMyiWMjERFtTc0OsjhLtUMYqRuI78qKNByUTeo3XxZ2NJW', 'user', true, '2026-08-28 13:55:30.671053+00'),
	('e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'dave@clicknback.com', 'dave@clicknback.com', '$2b$10$T2vksSBsMyiWMjERFtTc0OsjhLtUMYqRuI78qKNByUTeo3XxZ2NJW', 'user', true, '2026-08-28 13:55:30.671053+00'),
	('d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'carol@clicknback.com', 'carol@clicknback.com', '$argon2id$v=19$m=19456,t=2,p=1$c34admNjTyJZKTMmuLy0fw$TJ7ACa4H2CVCn+wd7FckEf2Cw/6KT9/amlGj4Nrvea4', 'admin', true, '2026-08-28 13:55:30.671053+00'),
	('d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1b', 'jero@clicknback.com', 'jero@clicknback.com', '$argon2id$v=19$m=19456,t=2,p=1$SRiMx0ulqul+jl4rGWTU3Q$XtrHKdur74qLjOQ4JlLjI2X7UQoeERkgUtDSLtfqJ8w', 'admin', true, '2026-08-28 13:55:30.671053+00'),
	('b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'alice@clicknback.com', 'alice@clicknback.com', '$argon2id$v=19$m=19456,t=2,p=1$1Cwc6kJlj51XHFLG6UC+iw$lCbnL531lWL0M1O9O/eaoE0eClxt+YPaBa1eVfUCoPg', 'user', true, '2026-08-28 13:55:30.671053+00'),
	('01a21823-e84e-7000-a2fa-f5cea180ed0b', 'erin@shop.example', 'erin@shop.example', '$argon2id$v=19$m=19456,t=2,p=1$SIdz4xwKxHqIUeZiTh8WfQ$crK7rLQLrpLObyT/mO+o1+wXVIFu/8tvwWW7Z2d8eDo', 'user', true, '2026-11-26 13:55:36.142031+00'),
	('01a21823-eada-7000-91fd-34eab0f47620', 'frank@shop.example', 'frank@shop.example', '$argon2id$v=19$m=19456,t=2,p=1$Kkpdx/4mHarLlUtfnAcCyQ$gtN4mu9WWgTnuQ5Ovp89sllMLeDuK4DpOXb0lIqEMN8', 'user', true, '2026-11-26 13:55:36.794956+00'),
	('01a21823-ecbb-7000-b1e7-abcfd4b32621', 'grace@shop.example', 'grace@shop.example', '$argon2id$v=19$m=19456,t=2,p=1$PocP73AQf2DlQ1su8C+l1g$wlJ5R4Cii6pIc+uNZGjTjbz1uFYTBMa7yol2OzMYuxc', 'user', true, '2026-11-26 13:55:37.275912+00'),
	('01a21823-efdd-7000-b45f-abc2056b45e8', 'heidi@shop.example', 'heidi@shop.example', '$argon2id$v=19$m=19456,t=2,p=1$lKhrIblXqRUyC+GW+Eajyg$wtNjQkPfKKjD0hKImLznEvG+1+kJt8cYXmCgGh0GyYw', 'user', true, '2026-11-26 13:55:38.077708+00');

INSERT INTO public.verification_batches OVERRIDING SYSTEM VALUE VALUES
	(1, '{01a21823-fd0e-7000-bac3-2c2ab7a632de}', '2026-11-26 13:55:41.455364+00'),
	(2, '{01a21823-fdcb-7000-80d1-4c78a4ae4f04}', '2026-11-26 13:55:41.643227+00'),
	(3, '{01a21823-fecc-7000-98ef-f181e2feeb7c}', '2026-11-26 13:55:41.900624+00'),
	(4, '{01a21823-ff6a-7000-9821-2de8677e5c24}', '2026-11-26 13:55:42.058413+00'),
	(5, '{01a21824-006b-7000-850a-837a23bea62f}', '2026-11-26 13:55:42.316026+00'),
	(6, '{01a21824-0152-7000-b1a7-57420b751be8}', '2026-11-26 13:55:42.546863+00'),
	(7, '{01a21824-0297-7000-b4c8-5d7a1d8302cd}', '2026-11-26 13:55:42.871435+00'),
	(8, '{01a21824-0393-7000-8ed2-f6169f4e6c23}', '2026-11-26 13:55:43.123428+00'),
	(9, '{01a21824-04bf-7000-b981-c340297e6802}', '2026-11-26 13:55:43.423825+00'),
	(10, '{01a21824-0649-7000-9361-ac4c5950e9bd}', '2026-11-26 13:55:43.817294+00'),
	(11, '{01a21824-0750-7000-a59c-27b027ed485c}', '2026-11-26 13:55:44.080524+00'),
	(12, '{01a21824-07ff-7000-8d01-d1dce309b4db}', '2026-11-26 13:55:44.255131+00'),
	(13, '{01a21824-08a4-7000-b27e-5c586f554a6c}', '2026-11-26 13:55:44.420317+00'),
	(14, '{01a21824-094d-7000-bf37-d5fd8191690c}', '2026-11-26 13:55:44.589856+00'),
	(15, '{01a21824-0a4b-7000-b62b-cc8a35be6c79}', '2026-11-26 13:55:44.843378+00'),
	(16, '{01a21824-0af2-7000-bf3f-210a1400dc4d}', '2026-11-26 13:55:45.010294+00'),
	(17, '{01a21824-0bb6-7000-a201-2482f93fdcc4}', '2026-11-26 13:55:45.206931+00'),
	(18, '{01a21824-0d9b-7000-8383-a2a768459545}', '2026-11-26 13:55:45.691984+00'),
	(19, '{01a21824-1190-7000-9fa8-4a9cd0b7f192}', '2026-11-26 13:55:46.704649+00'),
	(20, '{01a21824-1260-7000-ba02-96739e5df679}', '2026-11-26 13:55:46.912054+00'),
	(21, '{01a21824-1337-7000-8a28-f48ed5cf3901}', '2026-11-26 13:55:47.12713+00'),
	(22, '{01a21824-135b-7000-99c9-465623a4a52b,01a21824-135b-7001-b2a9-e19acaa60348,01a21824-135b-7002-9d28-bea6b3e79af3,01a21824-135b-7003-9d5c-8fe4b94ef605,01a21824-135b-7004-9348-6180744cbf62}', '2026-11-26 13:55:47.163704+00'),
	(23, '{01a21824-1561-7000-a04a-30a59d370eae}', '2026-11-26 13:55:47.681653+00'),
	(24, '{01a21824-1645-7000-83a9-4fcb358246f2}', '2026-11-26 13:55:47.909142+00'),
	(25, '{01a21824-1753-7000-bf0a-48c8df7b18aa}', '2026-11-26 13:55:48.179159+00'),
	(26, '{01a21827-dab6-7000-afc9-6e3ad17e5257}', '2026-11-26 13:59:54.806351+00');

INSERT INTO public.verifications VALUES
	('bb000001-0000-0000-0000-000000000001', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 'f0000000-0000-0000-0000-000000000001', NULL, '2026-11-26 13:55:30.671053+00', 0),
	('bb000001-0000-0000-0000-000000000002', 'c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'f0000000-0000-0000-0000-000000000001', NULL, '2026-11-26 13:55:30.671053+00', 0),
	('cc000001-0000-0000-0000-000000000001', 'e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d', NULL, '2026-11-26 13:55:30.671053+00', 0),
	('cc000001-0000-0000-0000-000000000002', 'e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e', NULL, '2026-11-26 13:55:30.671053+00', 0);

INSERT INTO public.wallets VALUES
	('d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1b', 0, 0, 0, 0, 0),
	('e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 1050, 0, 0, 0, 2),
	('b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 495, 2910, 0, 5000, 12),
	('c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 248, 1440, 0, 0, 8),
	('d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 0, 1200, 0, 0, 4),
	('01a21823-efdd-7000-b45f-abc2056b45e8', 920, 900, 0, 0, 14),
	('01a21823-e84e-7000-a2fa-f5cea180ed0b', 7850, 13000, 60000, 0, 10),
	('01a21823-ecbb-7000-b1e7-abcfd4b32621', 659, 3100, 1500, 2000, 17),
	('01a21823-eada-7000-91fd-34eab0f47620', 1200, 14500, 0, 0, 10);

SELECT pg_catalog.setval('public.crediting_batches_id_seq', 28, true);

SELECT pg_catalog.setval('public.event_log_serial_seq', 83, true);

SELECT pg_catalog.setval('public.verification_batches_id_seq', 26, true);

ALTER TABLE ONLY public.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cap_usage
    ADD CONSTRAINT cap_usage_pkey PRIMARY KEY (user_id, offer_id, cap_month);

ALTER TABLE ONLY public.cashback_credits
    ADD CONSTRAINT cashback_credits_pkey PRIMARY KEY (purchase_id);

ALTER TABLE ONLY public.crediting_batches
    ADD CONSTRAINT crediting_batches_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.crediting_setbacks
    ADD CONSTRAINT crediting_setbacks_pkey PRIMARY KEY (purchase_id);

ALTER TABLE ONLY public.event_cursors
    ADD CONSTRAINT event_cursors_pkey PRIMARY KEY (follower);

ALTER TABLE ONLY public.event_log_offset
    ADD CONSTRAINT event_log_offset_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.event_log
    ADD CONSTRAINT event_log_pkey PRIMARY KEY (transaction_id, serial);

ALTER TABLE ONLY public.feature_flags
    ADD CONSTRAINT feature_flags_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.feature_flags
    ADD CONSTRAINT feature_flags_scope_key UNIQUE NULLS NOT DISTINCT (key, scope_type, scope_id);

ALTER TABLE ONLY public.flyway_schema_history
    ADD CONSTRAINT flyway_schema_history_pk PRIMARY KEY (installed_rank);

ALTER TABLE ONLY public.ledger_transfers
    ADD CONSTRAINT ledger_transfers_of_user PRIMARY KEY (user_id, created_at, id);

ALTER TABLE ONLY public.merchants
    ADD CONSTRAINT merchants_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_no_overlap EXCLUDE USING gist (merchant_id WITH =, daterange(start_date, end_date, '[]'::text) WITH &&) WHERE (active);

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partner_events
    ADD CONSTRAINT partner_events_once UNIQUE NULLS NOT DISTINCT (partner_id, external_id, kind, refund_id);

ALTER TABLE ONLY public.partner_events
    ADD CONSTRAINT partner_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partner_secrets
    ADD CONSTRAINT partner_secrets_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.partners
    ADD CONSTRAINT partners_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.payout_idempotency_keys
    ADD CONSTRAINT payout_idempotency_keys_payout_once UNIQUE (payout_id);

ALTER TABLE ONLY public.payout_idempotency_keys
    ADD CONSTRAINT payout_idempotency_keys_pkey PRIMARY KEY (user_id, key);

ALTER TABLE ONLY public.payouts
    ADD CONSTRAINT payouts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.purchases
    ADD CONSTRAINT purchases_external_id_key UNIQUE NULLS NOT DISTINCT (partner_id, external_id);

ALTER TABLE ONLY public.purchases
    ADD CONSTRAINT purchases_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_external_id_key UNIQUE (purchase_id, external_id);

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.token_families
    ADD CONSTRAINT token_families_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_email_key UNIQUE (email_key);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.verification_batches
    ADD CONSTRAINT verification_batches_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.verifications
    ADD CONSTRAINT verifications_pkey PRIMARY KEY (purchase_id);

ALTER TABLE ONLY public.wallets
    ADD CONSTRAINT wallets_pkey PRIMARY KEY (user_id);

CREATE INDEX audit_log_newest ON public.audit_log USING btree (occurred_at DESC, id DESC);

CREATE INDEX audit_log_of_actor ON public.audit_log USING btree (actor_id, occurred_at DESC, id DESC) WHERE (actor_id IS NOT NULL);

CREATE INDEX audit_log_of_resource ON public.audit_log USING btree (resource_id, occurred_at DESC, id DESC);

CREATE INDEX crediting_batches_of_shard ON public.crediting_batches USING btree (shard, id);

CREATE INDEX crediting_setbacks_due ON public.crediting_setbacks USING btree (due_at);

CREATE INDEX feature_flags_newest ON public.feature_flags USING btree (created_at DESC, id DESC);

CREATE INDEX flyway_schema_history_s_idx ON public.flyway_schema_history USING btree (success);

CREATE UNIQUE INDEX ledger_transfers_payout_once ON public.ledger_transfers USING btree (payout_id, kind) WHERE (payout_id IS NOT NULL);

CREATE UNIQUE INDEX ledger_transfers_purchase_once ON public.ledger_transfers USING btree (purchase_id, kind) WHERE ((purchase_id IS NOT NULL) AND (refund_id IS NULL));

CREATE UNIQUE INDEX ledger_transfers_refund_once ON public.ledger_transfers USING btree (refund_id) WHERE (refund_id IS NOT NULL);

CREATE UNIQUE INDEX merchants_name_key ON public.merchants USING btree (lower((name COLLATE "und-x-icu")) COLLATE "C");

CREATE INDEX merchants_newest ON public.merchants USING btree (created_at DESC, id DESC);

CREATE INDEX offers_newest ON public.offers USING btree (created_at DESC, id DESC);

CREATE INDEX offers_of_merchant ON public.offers USING btree (merchant_id, start_date);

CREATE INDEX partner_events_parked ON public.partner_events USING btree (partner_id, external_id) WHERE (outcome IS NULL);

CREATE INDEX partner_secrets_of_partner ON public.partner_secrets USING btree (partner_id, created_at DESC, id DESC);

CREATE INDEX partners_newest ON public.partners USING btree (created_at DESC, id DESC);

CREATE INDEX payout_idempotency_keys_oldest ON public.payout_idempotency_keys USING btree (created_at);

CREATE INDEX payouts_newest ON public.payouts USING btree (requested_at DESC, id DESC);

CREATE INDEX payouts_of_user ON public.payouts USING btree (user_id, requested_at DESC, id DESC);

CREATE INDEX purchases_newest ON public.purchases USING btree (created_at, id);

CREATE INDEX purchases_of_merchant ON public.purchases USING btree (merchant_id, created_at, id);

CREATE INDEX purchases_of_user ON public.purchases USING btree (user_id, created_at, id);

CREATE INDEX refresh_tokens_expiry ON public.refresh_tokens USING btree (expires_at);

CREATE INDEX refresh_tokens_family ON public.refresh_tokens USING btree (family_id);

CREATE INDEX token_families_user ON public.token_families USING btree (user_id);

CREATE INDEX verifications_due ON public.verifications USING btree (due_at, purchase_id) WHERE (due_at IS NOT NULL);

CREATE INDEX verifications_withheld ON public.verifications USING btree (partner_id) WHERE (due_at IS NULL);

CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER cap_usage_references AFTER INSERT ON public.cap_usage REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.cap_usage_require_references();

CREATE TRIGGER cap_usage_references_fixed BEFORE UPDATE OF user_id, offer_id ON public.cap_usage FOR EACH STATEMENT EXECUTE FUNCTION public.keep_references();

CREATE TRIGGER cashback_credits_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.cashback_credits FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER cashback_credits_references AFTER INSERT ON public.cashback_credits REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.cashback_credits_require_references();

CREATE TRIGGER event_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.event_log FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER ledger_transfers_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_transfers FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER ledger_transfers_references AFTER INSERT ON public.ledger_transfers REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_transfers_require_references();

CREATE TRIGGER merchants_kept BEFORE TRUNCATE ON public.merchants FOR EACH STATEMENT EXECUTE FUNCTION public.keep_references();

CREATE TRIGGER merchants_referred_to BEFORE DELETE OR UPDATE OF id ON public.merchants FOR EACH ROW EXECUTE FUNCTION public.refuse_orphans('purchases', 'merchant_id');

CREATE TRIGGER offers_kept BEFORE TRUNCATE ON public.offers FOR EACH STATEMENT EXECUTE FUNCTION public.keep_references();

CREATE TRIGGER offers_referred_to BEFORE DELETE OR UPDATE OF id ON public.offers FOR EACH ROW EXECUTE FUNCTION public.refuse_orphans('purchases', 'offer_id', 'cap_usage', 'offer_id');

CREATE TRIGGER partners_kept BEFORE TRUNCATE ON public.partners FOR EACH STATEMENT EXECUTE FUNCTION public.keep_references();

CREATE TRIGGER partners_referred_to BEFORE DELETE OR UPDATE OF id ON public.partners FOR EACH ROW EXECUTE FUNCTION public.refuse_orphans('purchases', 'partner_id');

CREATE TRIGGER payouts_kept BEFORE TRUNCATE ON public.payouts FOR EACH STATEMENT EXECUTE FUNCTION public.keep_references();

CREATE TRIGGER payouts_referred_to BEFORE DELETE OR UPDATE OF id, user_id ON public.payouts FOR EACH ROW EXECUTE FUNCTION public.refuse_orphans('ledger_transfers', 'payout_id');

CREATE TRIGGER purchases_kept BEFORE TRUNCATE ON public.purchases FOR EACH STATEMENT EXECUTE FUNCTION public.keep_references();

CREATE TRIGGER purchases_references AFTER INSERT ON public.purchases REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.purchases_require_references();

CREATE TRIGGER purchases_references_fixed BEFORE UPDATE OF user_id, merchant_id, offer_id, partner_id ON public.purchases FOR EACH STATEMENT EXECUTE FUNCTION public.keep_references();

CREATE TRIGGER purchases_referred_to BEFORE DELETE OR UPDATE OF id ON public.purchases FOR EACH ROW EXECUTE FUNCTION public.refuse_orphans('verifications', 'purchase_id', 'cashback_credits', 'purchase_id', 'ledger_transfers', 'purchase_id');

CREATE TRIGGER refunds_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.refunds FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER users_deactivated AFTER UPDATE OF active ON public.users FOR EACH ROW WHEN ((old.active AND (NOT new.active))) EXECUTE FUNCTION public.end_sessions();

CREATE TRIGGER users_have_wallets AFTER INSERT ON public.users REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.open_wallets();

CREATE TRIGGER users_kept BEFORE TRUNCATE ON public.users FOR EACH STATEMENT EXECUTE FUNCTION public.keep_references();

CREATE TRIGGER users_referred_to BEFORE DELETE OR UPDATE OF id ON public.users FOR EACH ROW EXECUTE FUNCTION public.refuse_orphans('purchases', 'user_id', 'ledger_transfers', 'user_id', 'cap_usage', 'user_id');

CREATE TRIGGER verifications_references AFTER INSERT ON public.verifications REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.verifications_require_references();

CREATE TRIGGER verifications_references_fixed BEFORE UPDATE OF purchase_id ON public.verifications FOR EACH STATEMENT EXECUTE FUNCTION public.keep_references();

ALTER TABLE ONLY public.offers
    ADD CONSTRAINT offers_merchant_id_fkey FOREIGN KEY (merchant_id) REFERENCES public.merchants(id);

ALTER TABLE ONLY public.partner_events
    ADD CONSTRAINT partner_events_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES public.partners(id);

ALTER TABLE ONLY public.partner_secrets
    ADD CONSTRAINT partner_secrets_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES public.partners(id);

ALTER TABLE ONLY public.payout_idempotency_keys
    ADD CONSTRAINT payout_idempotency_keys_payout_id_fkey FOREIGN KEY (payout_id) REFERENCES public.payouts(id);

ALTER TABLE ONLY public.payout_idempotency_keys
    ADD CONSTRAINT payout_idempotency_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.payouts
    ADD CONSTRAINT payouts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_family_id_fkey FOREIGN KEY (family_id) REFERENCES public.token_families(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.refunds
    ADD CONSTRAINT refunds_purchase_id_fkey FOREIGN KEY (purchase_id) REFERENCES public.purchases(id);

ALTER TABLE ONLY public.token_families
    ADD CONSTRAINT token_families_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.wallets
    ADD CONSTRAINT wallets_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

-- PostgreSQL database dump complete

