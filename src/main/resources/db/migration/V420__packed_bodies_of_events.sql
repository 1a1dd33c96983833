-- Events of many purchases are packed: a byte that names the form, the number of entries in four bytes, and the entries.
-- Ids do not compress, so none of it is tried. Events that are there keep their JSON. Other types are JSON still.
ALTER TABLE event_log ADD body bytea;
ALTER TABLE event_log ALTER body SET STORAGE EXTERNAL;
ALTER TABLE event_log ALTER payload DROP NOT NULL;
ALTER TABLE event_log ADD CONSTRAINT event_log_one_form CHECK (num_nonnulls(payload, body) = 1) NOT VALID;

-- The payload of an event as JSON, packed or not. An entry has the ids of a purchase and of its user. Form 2 adds the id of
-- the cause, zero for none; form 3 an amount in minor units.
CREATE FUNCTION event_payload(event event_log) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
    -- Fetched once, not once for each part that is read.
    bytes constant bytea := event.body || ''::bytea;
    form  constant integer := CASE WHEN length(bytes) >= 5 THEN get_byte(bytes, 0) END;
    width constant integer := CASE form WHEN 1 THEN 32 WHEN 2 THEN 48 WHEN 3 THEN 40 END;
BEGIN
    IF bytes IS NULL THEN
        RETURN event.payload::jsonb;
    END IF;
    IF width IS NULL OR length(bytes) <> 5 + width * ('x' || encode(substr(bytes, 2, 4), 'hex'))::bit(32)::bigint THEN
        RAISE EXCEPTION 'event %-% (%) cannot be read: % bytes of form %',
            event.transaction_id, event.serial, event.type, length(bytes), form;
    END IF;
    RETURN jsonb_build_object(
        CASE event.type WHEN 'cashback.credited' THEN 'credits' WHEN 'cashback.released' THEN 'releases' ELSE 'purchases' END,
        (SELECT coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
             'purchase_id', encode(substr(bytes, start, 16), 'hex')::uuid,
             'user_id', encode(substr(bytes, start + 16, 16), 'hex')::uuid,
             'cause_id', CASE form WHEN 2 THEN
                 nullif(encode(substr(bytes, start + 32, 16), 'hex')::uuid, '00000000-0000-0000-0000-000000000000') END,
             'amount_minor', CASE form WHEN 3 THEN
                 ('x' || encode(substr(bytes, start + 32, 8), 'hex'))::bit(64)::bigint END)) ORDER BY start), '[]')
         FROM generate_series(6, length(bytes), width) AS entry (start)));
END $$;
