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
      UPDATE purchases p SET status = $1, rejection_reason = d.reason, updated_at = $2
      FROM unnest($3::uuid[], $4::text[]) AS d (id, reason)
      WHERE p.id = d.id
      """;

    private static final String END_VERIFICATION = "DELETE FROM verifications WHERE purchase_id = ANY($1)";

    private static final String INSERT_REFUND = """
      WITH refund AS (
          INSERT INTO refunds (id, purchase_id, external_id, amount_minor, cashback_minor, created_at)
          VALUES ($1, $2, $3, $4, $5, $6)
      )
      UPDATE purchases SET refunded_minor = refunded_minor + $4, updated_at = $6 WHERE id = $2
      """;

    private DecisionStore() {}

    /**
     * A purchase between credit and change.
     *
     * @param refunded the part of the amount that its buyer got back
     * @param credited what its owner was credited with; zero when the cap left nothing
     * @param held what its owner still holds of that after refunds, unless the state is an end
     */
    record State(
            UUID id,
            UUID userId,
            UUID merchantId,
            Money amount,
            String currency,
            PurchaseStatus status,
            Money refunded,
            Money credited,
            Money held) {}

    /** The owners of those purchases that exist. */
    static Future<Map<UUID, UUID>> findOwners(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(FIND_OWNERS).execute(ids(purchaseIds)).map(rows -> {
            Map<UUID, UUID> owners = new HashMap<>();
            rows.forEach(row -> owners.put(row.getUUID("id"), row.getUUID("user_id")));
            return owners;
        });
    }

    static Future<Map<UUID, State>> findStates(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(FIND_STATES).execute(ids(purchaseIds)).map(rows -> {
            Map<UUID, State> states = new HashMap<>();
            rows.forEach(row -> states.put(row.getUUID("id"), state(row)));
            return states;
        });
    }

    private static State state(Row row) {
        return new State(
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
     * @param reasons in the order of the ids; null unless the change is a rejection
     */
    static Future<Void> change(
            SqlConnection tx, PurchaseStatus to, List<UUID> purchaseIds, List<@Nullable String> reasons, Instant now) {
        return tx.preparedQuery(CHANGE)
                .execute(Tuple.of(to.wireName(), now.atOffset(ZoneOffset.UTC))
                        .addArrayOfUUID(purchaseIds.toArray(UUID[]::new))
                        .addArrayOfString(reasons.toArray(String[]::new)))
                .mapEmpty();
    }

    static Future<Void> endVerification(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(END_VERIFICATION).execute(ids(purchaseIds)).mapEmpty();
    }

    /**
     * @param cashback by how much the cashback of the purchase falls
     */
    static Future<Void> insertRefund(SqlConnection tx, UUID id, Refund refund, Money cashback, Instant now) {
        return tx.preparedQuery(INSERT_REFUND)
                .execute(Tuple.of(
                        id,
                        refund.purchaseId(),
                        refund.externalId(),
                        refund.amount().minor(),
                        cashback.minor(),
                        now.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    private static Tuple ids(Collection<UUID> purchaseIds) {
        return Tuple.tuple().addArrayOfUUID(purchaseIds.toArray(UUID[]::new));
    }
}
