package com.clicknback.purchases;

import com.clicknback.money.Money;
import com.clicknback.platform.db.TimeOrderedIds;
import com.clicknback.purchases.PartnerEvent.Kind;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The SQL of what partners tell about their purchases. */
final class PartnerEventStore {
    /** A repeat finds its row; what was refused before is parked anew, as it is now. */
    private static final String RECORD = """
      INSERT INTO partner_events
          (id, partner_id, external_id, kind, reason, refund_id, amount_minor, occurred_at, received_at, cause)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT (partner_id, external_id, kind, refund_id) DO UPDATE
          SET (reason, amount_minor, occurred_at, cause, outcome) = (
              SELECT CASE WHEN refused THEN EXCLUDED.reason ELSE partner_events.reason END,
                     CASE WHEN refused THEN EXCLUDED.amount_minor ELSE partner_events.amount_minor END,
                     CASE WHEN refused THEN EXCLUDED.occurred_at ELSE partner_events.occurred_at END,
                     CASE WHEN refused THEN EXCLUDED.cause ELSE partner_events.cause END,
                     CASE WHEN refused THEN NULL ELSE partner_events.outcome END
              FROM (SELECT coalesce(partner_events.outcome, 'applied') <> 'applied' AS refused) AS earlier)
      RETURNING id, amount_minor
      """;

    private static final String FIND_PURCHASE = """
      SELECT id, user_id FROM purchases WHERE partner_id = $1 AND external_id = $2
      """;

    /** In the order of the partner's times; ties in an order that does not depend on arrival. */
    private static final String FIND_PARKED = """
      SELECT e.id, e.partner_id, e.external_id, e.kind, e.reason, e.refund_id, e.amount_minor, e.occurred_at, e.cause,
             p.id AS purchase_id, p.user_id
      FROM purchases p
      JOIN partner_events e ON e.partner_id = p.partner_id AND e.external_id = p.external_id AND e.outcome IS NULL
      WHERE p.id = ANY($1)
      ORDER BY p.user_id, p.id, e.occurred_at, e.kind, e.refund_id
      """;

    private static final String SETTLE = "UPDATE partner_events SET outcome = $2 WHERE id = $1";

    private static final String APPLIED = "applied";

    private PartnerEventStore() {}

    /**
     * An event as recorded.
     *
     * @param amountDiffers a refund of this id was recorded with another amount
     */
    record Recorded(UUID id, boolean amountDiffers) {}

    /** A purchase and its owner. */
    record Owned(UUID purchaseId, UUID userId) {}

    /** An event that waits to be applied to its purchase. */
    record Parked(UUID id, Owned purchase, PartnerEvent event) {}

    static Future<Recorded> record(SqlConnection tx, TimeOrderedIds ids, PartnerEvent event, Instant now) {
        Long amount = event.amount() == null ? null : event.amount().minor();
        Tuple arguments = Tuple.tuple()
                .addUUID(ids.next())
                .addUUID(event.partnerId())
                .addString(event.externalId())
                .addString(event.kind().name().toLowerCase(Locale.ROOT))
                .addString(event.reason())
                .addString(event.refundId())
                .addLong(amount)
                .addOffsetDateTime(event.occurredAt().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
                .addString(event.cause());
        return tx.preparedQuery(RECORD).execute(arguments).map(rows -> {
            Row row = rows.iterator().next();
            Long recorded = row.getLong("amount_minor");
            return new Recorded(row.getUUID("id"), recorded != null && !recorded.equals(amount));
        });
    }

    static Future<Optional<Owned>> findPurchase(SqlConnection tx, PartnerEvent event) {
        return tx.preparedQuery(FIND_PURCHASE)
                .execute(Tuple.of(event.partnerId(), event.externalId()))
                .map(rows ->
                        rows.stream().findFirst().map(row -> new Owned(row.getUUID("id"), row.getUUID("user_id"))));
    }

    static Future<List<Parked>> findParked(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(FIND_PARKED)
                .execute(Tuple.tuple().addArrayOfUUID(purchaseIds.toArray(UUID[]::new)))
                .map(rows -> {
                    List<Parked> parked = new ArrayList<>(rows.size());
                    rows.forEach(row -> parked.add(parked(row)));
                    return parked;
                });
    }

    private static Parked parked(Row row) {
        Long amount = row.getLong("amount_minor");
        PartnerEvent event = new PartnerEvent(
                row.getUUID("partner_id"),
                row.getString("external_id"),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("reason"),
                row.getString("refund_id"),
                amount == null ? null : Money.ofMinor(amount),
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getString("cause"));
        return new Parked(row.getUUID("id"), new Owned(row.getUUID("purchase_id"), row.getUUID("user_id")), event);
    }

    /**
     * @param refusal the error code of the refusal, or empty when the event was applied
     */
    static Future<Void> settle(SqlConnection tx, UUID id, Optional<String> refusal) {
        return tx.preparedQuery(SETTLE)
                .execute(Tuple.of(id, refusal.orElse(APPLIED)))
                .mapEmpty();
    }
}
