-- The credit of each purchase, and how much of the cap was used before it: the facts behind an amount.
CREATE TABLE cashback_credits (
    purchase_id           uuid PRIMARY KEY,
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

-- A credit belongs to the user of its purchase. Comparing the users finds a missing purchase too.
CREATE FUNCTION cashback_credits_require_references() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM added a WHERE (SELECT user_id FROM purchases WHERE id = a.purchase_id) IS DISTINCT FROM a.user_id;
    IF FOUND THEN PERFORM refuse_missing('a purchase of the user', 'cashback_credits_purchase_id_fkey'); END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER cashback_credits_references AFTER INSERT ON cashback_credits
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION cashback_credits_require_references();

-- The projection of how much of an offer's cap a user holds, in a calendar month (UTC) of the purchases.
CREATE TABLE cap_usage (
    user_id    uuid NOT NULL,
    offer_id   uuid NOT NULL,
    cap_month  date NOT NULL CHECK (extract(day FROM cap_month) = 1),
    cap_minor  bigint NOT NULL CHECK (cap_minor > 0),
    used_minor bigint NOT NULL CHECK (used_minor >= 0),
    PRIMARY KEY (user_id, offer_id, cap_month),
    CONSTRAINT cap_usage_within_cap CHECK (used_minor <= cap_minor)
) WITH (fillfactor = 70); -- Pages keep room for the updates of a month.

CREATE FUNCTION cap_usage_require_references() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM added a WHERE (SELECT true FROM users WHERE id = a.user_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a user', 'cap_usage_user_id_fkey'); END IF;
    PERFORM FROM (SELECT DISTINCT offer_id FROM added) a
        WHERE (SELECT true FROM offers WHERE id = a.offer_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('an offer', 'cap_usage_offer_id_fkey'); END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER cap_usage_references AFTER INSERT ON cap_usage
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION cap_usage_require_references();
CREATE TRIGGER cap_usage_references_fixed BEFORE UPDATE OF user_id, offer_id ON cap_usage
    FOR EACH STATEMENT EXECUTE FUNCTION keep_references();

-- The work list of crediting. Purchases that are ingested together, of the users of one shard, are one row. A row is
-- deleted in the transaction that credits it. Shards keep the purchases of one user in the order of ingestion while
-- several processes credit at once; an advisory lock for each shard says which process is at it.
CREATE TABLE crediting_batches (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shard        smallint NOT NULL CHECK (shard BETWEEN 0 AND 7),
    purchase_ids uuid[] NOT NULL CHECK (cardinality(purchase_ids) > 0),
    -- The owner of each purchase, in the same place.
    user_ids     uuid[] NOT NULL CHECK (cardinality(user_ids) = cardinality(purchase_ids)),
    ingested_at  timestamptz NOT NULL
);
CREATE INDEX crediting_batches_of_shard ON crediting_batches (shard, id);

-- The shard of a user: ids are random in their last byte, whichever version they have.
CREATE FUNCTION crediting_shard(user_id uuid) RETURNS smallint LANGUAGE sql IMMUTABLE AS $$
    SELECT (get_byte(uuid_send(user_id), 15) % 8)::smallint
$$;

-- Purchases whose credit failed by itself. They are set aside, so that others go on, and tried again at due_at.
CREATE TABLE crediting_setbacks (
    purchase_id uuid PRIMARY KEY,
    user_id     uuid NOT NULL,
    attempts    integer NOT NULL CHECK (attempts > 0),
    failed_at   timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    reason      text NOT NULL
);
CREATE INDEX crediting_setbacks_due ON crediting_setbacks (due_at);
