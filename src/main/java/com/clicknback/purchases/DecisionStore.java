package com.clicknback.purchases;

import com.clicknback.money.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of state changes. */
final class DecisionStore {
    private static final String FIND_OWNERS = "SELECT id, user_id FROM purchases WHERE id = ANY($1)";

    /** Read once the owners' wallets are locked: from then on nobody else changes these purchases. */
    private static final String FIND_STATES = """
      SELECT p.id, p.user_id, p.merchant_id, p.amount_minor, p.currency, p.status, p.refunded_minor,
             c.amount_minor AS credited_minor,
             c.amount_minor - CASE WHEN p.refunded_minor = 0 THEN 0 ELSE (
                 SELECT coalesce(sum(r.cashback_minor), 0)::bigint FROM refunds r WHERE r.purchase_id = p.id)
             END AS held_minor
      FROM purchases p JOIN cashback_credits c ON c.purchase_id = p.id
      WHERE p.id = ANY($1)
      """;

    private static final String CHANGE = """
      UPDATE purchases p
      SET status = d.status, rejection_reason = d.reason, refunded_minor = d.refunded_minor, updated_at = $1
      FROM unnest($2::uuid[], $3::text[], $4::text[], $5::bigint[]) AS d (id, status, reason, refunded_minor)
      WHERE p.id = d.id
      """;

    private static final String END_VERIFICATION = "DELETE FROM verifications WHERE purchase_id = ANY($1)";

    private static final String INSERT_REFUNDS = """
      INSERT INTO refunds (id, purchase_id, external_id, amount_minor, cashback_minor, created_at)
      SELECT r.id, r.purchase_id, r.external_id, r.amount_minor, r.cashback_minor, $1
      FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[], $6::bigint[])
           AS r (id, purchase_id, external_id, amount_minor, cashback_minor)
      """;

    private DecisionStore() {}

    /** The owners of those purchases that exist. */
    static Future<Map<UUID, UUID>> findOwners(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(FIND_OWNERS).execute(ids(purchaseIds)).map(rows -> {
            Map<UUID, UUID> owners = new HashMap<>();
            rows.forEach(row -> owners.put(row.getUUID("id"), row.getUUID("user_id")));
            return owners;
        });
    }

    static Future<Map<UUID, PurchaseState>> findStates(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(FIND_STATES).execute(ids(purchaseIds)).map(rows -> {
            Map<UUID, PurchaseState> states = new HashMap<>();
            rows.forEach(row -> states.put(row.getUUID("id"), state(row)));
            return states;
        });
    }

    private static PurchaseState state(Row row) {
        return new PurchaseState(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getUUID("merchant_id"),
                Money.ofMinor(row.getLong("amount_minor")),
                row.getString("currency"),
                PurchaseStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                Money.ofMinor(row.getLong("refunded_minor")),
                Money.ofMinor(row.getLong("credited_minor")),
                Money.ofMinor(row.getLong("held_minor")));
    }

    /**
     * @param last the last change of each purchase
     */
    static Future<Void> change(SqlConnection tx, Collection<Change> last, Instant now) {
        return tx.preparedQuery(CHANGE)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC))
                        .addArrayOfUUID(last.stream()
                                .map(change -> change.before().id())
                                .toArray(UUID[]::new))
                        .addArrayOfString(last.stream()
                                .map(change -> change.after().status().wireName())
                                .toArray(String[]::new))
                        .addArrayOfString(last.stream()
                                .map(DecisionStore::rejectionReason)
                                .toArray(String[]::new))
                        .addArrayOfLong(last.stream()
                                .map(change -> change.after().refunded().minor())
                                .toArray(Long[]::new)))
                .mapEmpty();
    }

    private static @Nullable String rejectionReason(Change change) {
        return change instanceof Change.Decided decided && decided.decision() == Decision.REJECT
                ? decided.reason()
                : null;
    }

    static Future<Void> endVerification(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(END_VERIFICATION).execute(ids(purchaseIds)).mapEmpty();
    }

    static Future<Void> insertRefunds(SqlConnection tx, List<Change.Refunded> refunds, Instant now) {
        return tx.preparedQuery(INSERT_REFUNDS)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC))
                        .addArrayOfUUID(
                                refunds.stream().map(Change.Refunded::id).toArray(UUID[]::new))
                        .addArrayOfUUID(refunds.stream()
                                .map(refund -> refund.before().id())
                                .toArray(UUID[]::new))
                        .addArrayOfString(refunds.stream()
                                .map(Change.Refunded::externalId)
                                .toArray(String[]::new))
                        .addArrayOfLong(refunds.stream()
                                .map(refund -> refund.amount().minor())
                                .toArray(Long[]::new))
                        .addArrayOfLong(refunds.stream()
                                .map(refund -> refund.cashback().minor())
                                .toArray(Long[]::new)))
                .mapEmpty();
    }

    private static Tuple ids(Collection<UUID> purchaseIds) {
        return Tuple.tuple().addArrayOfUUID(purchaseIds.toArray(UUID[]::new));
    }
}
