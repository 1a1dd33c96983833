package com.clicknback.partnerevents;

import com.clicknback.events.PurchaseKey;
import com.clicknback.partnerevents.replay.OnRecord;
import com.clicknback.partnerevents.replay.Parked;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The SQL of events that partners report about purchases. */
final class PartnerEventStore {
    /**
     * Parks an event that was refused before anew, as it is now. Of two times of one event that is parked, or of one
     * decision, the earlier stands, whichever arrived first; of two reasons of one time the first by the alphabet. A
     * decision that was applied stays so.
     */
    private static final String RECORD = """
      INSERT INTO partner_events AS known
          (id, partner_id, external_id, kind, reason, refund_id, correction_id, amount_minor, occurred_at, received_at,
           cause)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
      ON CONFLICT (partner_id, external_id, kind, refund_id, correction_id) DO UPDATE
          SET reason = CASE WHEN known.kind IN ('confirmed', 'rejected') AND known.outcome <> 'expired'
                                 AND (known.occurred_at, known.reason COLLATE "C")
                                     <= (excluded.occurred_at, excluded.reason COLLATE "C")
                            THEN known.reason ELSE excluded.reason END,
              occurred_at = CASE WHEN known.kind IN ('confirmed', 'rejected') AND known.outcome <> 'expired'
                                 THEN least(known.occurred_at, excluded.occurred_at) ELSE excluded.occurred_at END,
              amount_minor = excluded.amount_minor,
              received_at = CASE known.outcome WHEN 'applied' THEN known.received_at ELSE excluded.received_at END,
              cause = CASE known.outcome WHEN 'applied' THEN known.cause ELSE excluded.cause END,
              outcome = CASE known.outcome WHEN 'applied' THEN known.outcome END,
              settled_at = CASE known.outcome WHEN 'applied' THEN known.settled_at END,
              effective = known.outcome IS NOT DISTINCT FROM 'applied' AND known.effective,
              expired_at = NULL, refusal = NULL
          WHERE known.outcome <> 'applied'
             OR (known.outcome = 'applied' AND known.kind IN ('confirmed', 'rejected')
                 OR known.outcome IS NULL AND known.kind <> 'corrected'
                    AND known.amount_minor IS NOT DISTINCT FROM excluded.amount_minor)
                AND (excluded.occurred_at, coalesce(excluded.reason, '') COLLATE "C")
                    < (known.occurred_at, coalesce(known.reason, '') COLLATE "C")
      RETURNING id, outcome IS NOT NULL AS applied, effective
      """;

    private static final String FIND_RECORDED = """
      SELECT id, amount_minor, occurred_at, outcome IS NOT NULL AS applied FROM partner_events
      WHERE partner_id = $1 AND external_id = $2 AND kind = $3 AND refund_id IS NOT DISTINCT FROM $4
        AND correction_id IS NOT DISTINCT FROM $5
      """;

    private static final String FIND_PURCHASE = """
      SELECT id, user_id FROM purchases WHERE partner_id = $1 AND external_id = $2
      """;

    private static final Unnest<PurchaseKey> KEYS = Unnest.of(PurchaseKey.class)
            .uuid("partner_id", PurchaseKey::partnerId)
            .text("external_id", PurchaseKey::externalId);

    /**
     * Costs nothing while nothing at all is parked, which is the rule. The laterals keep to the index whatever the planner
     * believes about parked events; they come and go faster than statistics.
     */
    private static final String FIND_AWAITED = KEYS.into("named", """
      SELECT p.id, p.user_id, p.partner_id, p.external_id
      FROM (
          SELECT id, user_id, partner_id, external_id FROM purchases WHERE id = ANY($1)
          UNION
          SELECT n.id, n.user_id, n.partner_id, n.external_id
          FROM {named}
          JOIN purchases n ON n.partner_id = named.partner_id AND n.external_id = named.external_id) p
      CROSS JOIN LATERAL (
          SELECT FROM partner_events e
          WHERE e.partner_id = p.partner_id AND e.external_id = p.external_id AND e.outcome IS NULL
            AND e.set_aside_at IS NULL LIMIT 1) parked
      WHERE EXISTS (SELECT FROM partner_events WHERE outcome IS NULL)
      """);

    /**
     * Of each purchase in the order of the partner's times; ties in an order that does not depend on arrival. Locked, so that
     * none changes between here and its outcome.
     */
    private static final String FIND_PARKED = """
      SELECT e.id, e.partner_id, e.external_id, e.kind, e.reason, e.refund_id, e.correction_id, e.amount_minor,
             e.occurred_at, e.cause, p.id AS purchase_id
      FROM purchases p
      CROSS JOIN LATERAL (
          SELECT id, partner_id, external_id, kind, reason, refund_id, correction_id, amount_minor, occurred_at, cause
          FROM partner_events e
          WHERE e.partner_id = p.partner_id AND e.external_id = p.external_id AND e.outcome IS NULL
          OFFSET 0 FOR NO KEY UPDATE) e
      WHERE p.id = ANY($1)
      ORDER BY p.id, e.occurred_at, e.kind COLLATE "C", coalesce(e.refund_id, e.correction_id) COLLATE "C"
      LIMIT $2
      """;

    /** Of each purchase what the partner decided about it, what was refused, and the amounts that it stated. */
    private static final String FIND_ON_RECORD = """
      SELECT e.id, e.partner_id, e.external_id, e.kind, e.reason, e.refund_id, e.correction_id, e.amount_minor,
             e.occurred_at, e.cause, p.id AS purchase_id, e.effective, e.outcome <> 'applied' AS refused
      FROM purchases p
      CROSS JOIN LATERAL (
          SELECT * FROM partner_events e
          WHERE e.partner_id = p.partner_id AND e.external_id = p.external_id AND e.outcome <> 'expired'
            AND (e.kind IN ('confirmed', 'rejected') OR e.outcome <> 'applied'
                 OR e.kind = 'corrected' AND e.amount_minor IS NOT NULL)
          ORDER BY e.kind NOT IN ('confirmed', 'rejected'), e.outcome = 'applied', e.amount_minor DESC, e.id LIMIT $2) e
      WHERE p.id = ANY($1)
      """;

    private PartnerEventStore() {}

    /**
     * An event that is on record.
     *
     * @param fresh recorded now rather than before
     * @param applied before
     * @param restated an applied decision that changed the purchase, and has an earlier time now
     * @param differing the members in which the record of a refund or correction with the same id differs; nothing was
     *     changed if there are any
     */
    record Recorded(UUID id, boolean fresh, boolean applied, boolean restated, List<String> differing) {}

    /** A purchase that has arrived. */
    record Arrived(UUID id, UUID userId, PurchaseKey key) {}

    static Future<Recorded> record(SqlConnection tx, UUID id, PartnerEvent event, Instant now) {
        Tuple arguments = Arguments.of(
                id,
                event.key().partnerId(),
                event.key().externalId(),
                event.kind(),
                event.reason(),
                event.refundId(),
                event.correctionId(),
                event.amount(),
                event.occurredAt(),
                now,
                event.requestId());
        return tx.preparedQuery(RECORD)
                .execute(arguments)
                .compose(rows -> rows.size() == 0
                        ? findRecorded(tx, event)
                        : Future.succeededFuture(recorded(rows.iterator().next())));
    }

    private static Recorded recorded(Row row) {
        boolean applied = row.getBoolean("applied");
        return new Recorded(row.getUUID("id"), !applied, applied, applied && row.getBoolean("effective"), List.of());
    }

    private static Future<Recorded> findRecorded(SqlConnection tx, PartnerEvent event) {
        Tuple key = Arguments.of(
                event.key().partnerId(),
                event.key().externalId(),
                event.kind(),
                event.refundId(),
                event.correctionId());
        return tx.preparedQuery(FIND_RECORDED).execute(key).map(rows -> {
            Row row = rows.iterator().next();
            return new Recorded(row.getUUID("id"), false, row.getBoolean("applied"), false, differing(row, event));
        });
    }

    private static List<String> differing(Row row, PartnerEvent event) {
        List<String> differing = new ArrayList<>();
        if (!Objects.equals(Rows.moneyOrNull(row, "amount_minor"), event.amount())) {
            differing.add("amount");
        }
        if (event.kind() == Kind.CORRECTED && !Rows.instant(row, "occurred_at").equals(event.occurredAt())) {
            differing.add("occurred_at");
        }
        return List.copyOf(differing);
    }

    static Future<Optional<Arrived>> findPurchase(SqlConnection tx, PurchaseKey key) {
        return tx.preparedQuery(FIND_PURCHASE)
                .mapping(row -> new Arrived(row.getUUID("id"), row.getUUID("user_id"), key))
                .execute(Tuple.of(key.partnerId(), key.externalId()))
                .map(Rows::first);
    }

    /** The purchases that have arrived and have events parked which are not set aside. */
    static Future<List<Arrived>> findAwaited(
            SqlConnection tx, Collection<UUID> purchaseIds, Collection<PurchaseKey> keys) {
        return tx.preparedQuery(FIND_AWAITED)
                .mapping(row -> new Arrived(
                        row.getUUID("id"),
                        row.getUUID("user_id"),
                        new PurchaseKey(row.getUUID("partner_id"), row.getString("external_id"))))
                .execute(KEYS.bind(keys, (Object) Arguments.ids(purchaseIds)))
                .map(Rows::list);
    }

    /** The events parked for purchases, in the order in which they are to be applied; at most so many. */
    static Future<List<Parked>> findParked(SqlConnection tx, Collection<UUID> purchaseIds, int max) {
        return tx.preparedQuery(FIND_PARKED)
                .mapping(PartnerEventStore::parked)
                .execute(Arguments.of(Arguments.ids(purchaseIds), max))
                .map(Rows::list);
    }

    /** The events that were judged before; at most so many of each purchase. */
    static Future<List<OnRecord>> findOnRecord(SqlConnection tx, Collection<UUID> purchaseIds, int max) {
        return purchaseIds.isEmpty()
                ? Future.succeededFuture(List.of())
                : tx.preparedQuery(FIND_ON_RECORD)
                        .mapping(row ->
                                new OnRecord(parked(row), row.getBoolean("effective"), row.getBoolean("refused")))
                        .execute(Arguments.of(Arguments.ids(purchaseIds), max))
                        .map(Rows::list);
    }

    private static Parked parked(Row row) {
        return new Parked(row.getUUID("id"), row.getUUID("purchase_id"), event(row));
    }

    static PartnerEvent event(Row row) {
        return new PartnerEvent(
                new PurchaseKey(row.getUUID("partner_id"), row.getString("external_id")),
                Rows.word(row, "kind", Kind.class),
                row.getString("reason"),
                row.getString("refund_id"),
                row.getString("correction_id"),
                Rows.moneyOrNull(row, "amount_minor"),
                Rows.instant(row, "occurred_at"),
                row.getString("cause"));
    }
}
