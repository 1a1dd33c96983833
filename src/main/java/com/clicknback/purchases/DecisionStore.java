package com.clicknback.purchases;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

    private static final Unnest<Change> CHANGED = Unnest.of(Change.class)
            .uuid("id", change -> change.after().id())
            .word("status", change -> change.after().status())
            .text("reason", DecisionStore::rejectionReason)
            .minor("refunded_minor", change -> change.after().refunded());

    private static final String CHANGE = CHANGED.into("d", """
      UPDATE purchases p
      SET status = d.status, rejection_reason = d.reason, refunded_minor = d.refunded_minor, updated_at = $1
      FROM {d}
      WHERE p.id = d.id
      """);

    private static final String END_VERIFICATION = "DELETE FROM verifications WHERE purchase_id = ANY($1)";

    private static final Unnest<Change.Refunded> REFUNDS = Unnest.of(Change.Refunded.class)
            .uuid("id", Change.Refunded::id)
            .uuid("purchase_id", refund -> refund.before().id())
            .text("external_id", Change.Refunded::externalId)
            .minor("amount_minor", Change.Refunded::amount)
            .minor("cashback_minor", Change.Refunded::cashback);

    private static final String INSERT_REFUNDS = REFUNDS.into("r", """
      INSERT INTO refunds (id, purchase_id, external_id, amount_minor, cashback_minor, created_at)
      SELECT r.id, r.purchase_id, r.external_id, r.amount_minor, r.cashback_minor, $1 FROM {r}
      """);

    private DecisionStore() {}

    /** The owners of those purchases that exist. */
    static Future<Map<UUID, UUID>> findOwners(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(FIND_OWNERS)
                .collecting(Rows.byKey(row -> row.getUUID("id"), row -> row.getUUID("user_id")))
                .execute(ids(purchaseIds))
                .map(SqlResult::value);
    }

    static Future<Map<UUID, PurchaseState>> findStates(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(FIND_STATES)
                .collecting(Rows.byKey(row -> row.getUUID("id"), DecisionStore::state))
                .execute(ids(purchaseIds))
                .map(SqlResult::value);
    }

    private static PurchaseState state(Row row) {
        return new PurchaseState(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getUUID("merchant_id"),
                Rows.money(row, "amount_minor"),
                row.getString("currency"),
                Rows.word(row, "status", PurchaseStatus.class),
                Rows.money(row, "refunded_minor"),
                Rows.money(row, "credited_minor"),
                Rows.money(row, "held_minor"));
    }

    /**
     * @param last the last change of each purchase
     */
    static Future<Void> change(SqlConnection tx, Collection<Change> last, Instant now) {
        return tx.preparedQuery(CHANGE).execute(CHANGED.bind(last, now)).mapEmpty();
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
                .execute(REFUNDS.bind(refunds, now))
                .mapEmpty();
    }

    private static Tuple ids(Collection<UUID> purchaseIds) {
        return Arguments.of((Object) Arguments.ids(purchaseIds));
    }
}
