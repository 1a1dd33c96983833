package com.clicknback.partnerevents;

import com.clicknback.events.PurchaseEvents.Name;
import com.clicknback.money.Money;
import com.clicknback.partnerevents.PartnerEvent.Kind;
import com.clicknback.platform.errors.DomainException;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of what partners tell about their purchases. */
final class PartnerEventStore {
    /**
     * What was refused before is parked anew, as it is now. Of two that are parked, the earlier stands: that the other
     * arrived first makes no difference.
     */
    private static final String RECORD = """
      INSERT INTO partner_events AS known
          (id, partner_id, external_id, kind, reason, refund_id, amount_minor, occurred_at, received_at, cause)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      ON CONFLICT (partner_id, external_id, kind, refund_id) DO UPDATE
          SET reason = excluded.reason, amount_minor = excluded.amount_minor, occurred_at = excluded.occurred_at,
              received_at = excluded.received_at, cause = excluded.cause, outcome = NULL
          WHERE known.outcome <> 'applied'
             OR (known.outcome IS NULL AND known.amount_minor IS NOT DISTINCT FROM excluded.amount_minor
                 AND excluded.occurred_at < known.occurred_at)
      RETURNING id
      """;

    private static final String FIND_RECORDED = """
      SELECT id, amount_minor, outcome IS NOT NULL AS applied FROM partner_events
      WHERE partner_id = $1 AND external_id = $2 AND kind = $3 AND refund_id IS NOT DISTINCT FROM $4
      """;

    private static final String FIND_PURCHASE = """
      SELECT id, user_id FROM purchases WHERE partner_id = $1 AND external_id = $2
      """;

    /**
     * Costs nothing while nothing at all is parked, which is the rule. The laterals keep to the index whatever the planner
     * believes about what is parked; it comes and goes faster than statistics.
     */
    private static final String FIND_AWAITED = """
      SELECT p.id, p.user_id, p.partner_id, p.external_id
      FROM (
          SELECT id, user_id, partner_id, external_id FROM purchases WHERE id = ANY($1)
          UNION
          SELECT n.id, n.user_id, n.partner_id, n.external_id
          FROM unnest($2::uuid[], $3::text[]) AS named (partner_id, external_id)
          JOIN purchases n ON n.partner_id = named.partner_id AND n.external_id = named.external_id) p
      CROSS JOIN LATERAL (
          SELECT FROM partner_events e
          WHERE e.partner_id = p.partner_id AND e.external_id = p.external_id AND e.outcome IS NULL LIMIT 1) parked
      WHERE EXISTS (SELECT FROM partner_events WHERE outcome IS NULL)
      """;

    /** Of each purchase in the order of the partner's times; ties in an order that does not depend on arrival. */
    private static final String FIND_PARKED = """
      SELECT e.id, e.partner_id, e.external_id, e.kind, e.reason, e.refund_id, e.amount_minor, e.occurred_at, e.cause,
             p.id AS purchase_id
      FROM purchases p
      CROSS JOIN LATERAL (
          SELECT id, partner_id, external_id, kind, reason, refund_id, amount_minor, occurred_at, cause
          FROM partner_events e
          WHERE e.partner_id = p.partner_id AND e.external_id = p.external_id AND e.outcome IS NULL OFFSET 0) e
      WHERE p.id = ANY($1)
      ORDER BY p.id, e.occurred_at, e.kind COLLATE "C", e.refund_id COLLATE "C"
      LIMIT $2
      """;

    private static final String SETTLE = """
      UPDATE partner_events e SET outcome = s.outcome
      FROM unnest($1::uuid[], $2::text[]) AS s (id, outcome)
      WHERE e.id = s.id
      """;

    private static final String APPLIED = "applied";

    private PartnerEventStore() {}

    /**
     * An event that is on record.
     *
     * @param fresh recorded now rather than before
     * @param applied before
     * @param amountDiffers the record is of a refund with the same id and another amount; nothing was changed
     */
    record Recorded(UUID id, boolean fresh, boolean applied, boolean amountDiffers) {}

    /** A purchase that has arrived. */
    record Arrived(UUID id, UUID userId, Name name) {}

    /** An event that waits to be applied to a purchase that has arrived. */
    record Parked(UUID id, UUID purchaseId, PartnerEvent event) {}

    static Future<Recorded> record(SqlConnection tx, UUID id, PartnerEvent event, Instant now) {
        Tuple arguments = Tuple.tuple()
                .addUUID(id)
                .addUUID(event.partnerId())
                .addString(event.externalId())
                .addString(name(event.kind()))
                .addString(event.reason())
                .addString(event.refundId())
                .addLong(minor(event.amount()))
                .addOffsetDateTime(event.occurredAt().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(now.atOffset(ZoneOffset.UTC))
                .addString(event.requestId());
        return tx.preparedQuery(RECORD)
                .execute(arguments)
                .compose(rows -> rows.size() == 0
                        ? findRecorded(tx, event)
                        : Future.succeededFuture(
                                new Recorded(rows.iterator().next().getUUID("id"), true, false, false)));
    }

    private static Future<Recorded> findRecorded(SqlConnection tx, PartnerEvent event) {
        Tuple key = Tuple.of(event.partnerId(), event.externalId(), name(event.kind()), event.refundId());
        return tx.preparedQuery(FIND_RECORDED).execute(key).map(rows -> {
            Row row = rows.iterator().next();
            Long amount = row.getLong("amount_minor");
            boolean amountDiffers = amount != null && !amount.equals(minor(event.amount()));
            return new Recorded(row.getUUID("id"), false, row.getBoolean("applied"), amountDiffers);
        });
    }

    static Future<Optional<Arrived>> findPurchase(SqlConnection tx, Name name) {
        return tx.preparedQuery(FIND_PURCHASE)
                .execute(Tuple.of(name.partnerId(), name.externalId()))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new Arrived(row.getUUID("id"), row.getUUID("user_id"), name)));
    }

    /** Those of the purchases that have arrived and have events parked. */
    static Future<List<Arrived>> findAwaited(SqlConnection tx, Collection<UUID> purchaseIds, Collection<Name> names) {
        return tx.preparedQuery(FIND_AWAITED)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(purchaseIds.toArray(UUID[]::new))
                        .addArrayOfUUID(names.stream().map(Name::partnerId).toArray(UUID[]::new))
                        .addArrayOfString(names.stream().map(Name::externalId).toArray(String[]::new)))
                .map(rows -> {
                    List<Arrived> awaited = new ArrayList<>(rows.size());
                    rows.forEach(row -> awaited.add(new Arrived(
                            row.getUUID("id"),
                            row.getUUID("user_id"),
                            new Name(row.getUUID("partner_id"), row.getString("external_id")))));
                    return awaited;
                });
    }

    /** What is parked for purchases, in the order in which it is to be applied; at most so many events. */
    static Future<List<Parked>> findParked(SqlConnection tx, Collection<UUID> purchaseIds, int max) {
        return tx.preparedQuery(FIND_PARKED)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(purchaseIds.toArray(UUID[]::new))
                        .addInteger(max))
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
        return new Parked(row.getUUID("id"), row.getUUID("purchase_id"), event);
    }

    /**
     * @param verdicts by event: its refusal, or empty when it was applied
     */
    static Future<Void> settle(SqlConnection tx, Map<UUID, Optional<DomainException>> verdicts) {
        return tx.preparedQuery(SETTLE)
                .execute(Tuple.tuple()
                        .addArrayOfUUID(verdicts.keySet().toArray(UUID[]::new))
                        .addArrayOfString(verdicts.values().stream()
                                .map(refusal ->
                                        refusal.map(r -> r.code().wireName()).orElse(APPLIED))
                                .toArray(String[]::new)))
                .mapEmpty();
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long minor(@Nullable Money amount) {
        return amount == null ? null : amount.minor();
    }
}
