package com.clicknback.purchases;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.cashback.CashbackType;
import com.clicknback.holds.Hold;
import com.clicknback.money.Money;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import com.clicknback.purchases.PurchaseState.Correction;
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

    private static final String LOCK_FREE = FIND_OWNERS + " FOR NO KEY UPDATE SKIP LOCKED";

    /**
     * Read once the owners' wallets are locked: from then on nobody else changes these purchases. Of one that its partner
     * rejected everything that was told, also what does not count for now.
     */
    private static final String FIND_STATES = """
      SELECT p.id, p.user_id, p.merchant_id, p.purchased_at, p.created_at, p.offer_id, p.cashback_type,
             p.cashback_value_e4, p.monthly_cap_minor, coalesce(p.hold_days, 0) AS hold_days,
             p.amount_minor AS reported_minor,
             coalesce(CASE WHEN p.rejected_at IS NULL THEN p.corrected_minor ELSE k.amount_minor END, p.amount_minor)
                 AS gross_minor,
             p.currency, p.status, p.reversed_from, p.rejected_at,
             coalesce(p.held, false) AS held, p.payable_at, coalesce(r.told_minor, p.refunded_minor) AS refunded_minor,
             p.carried_minor,
             coalesce(p.rerated_minor, c.amount_minor) AS held_minor, p.reinstatement_id,
             k.occurred_at AS corrected_at, k.external_id AS correction_id
      FROM purchases p
      JOIN cashback_credits c ON c.purchase_id = p.id
      LEFT JOIN LATERAL (
          SELECT sum(amount_minor)::bigint AS told_minor FROM refunds
          WHERE p.rejected_at IS NOT NULL AND purchase_id = p.id) r ON true
      LEFT JOIN LATERAL (
          SELECT occurred_at, external_id, amount_minor FROM corrections
          WHERE (p.corrected_minor IS NOT NULL OR p.rejected_at IS NOT NULL) AND purchase_id = p.id
            AND amount_minor >= coalesce(r.told_minor, p.refunded_minor)
          ORDER BY occurred_at DESC, external_id COLLATE "C" DESC LIMIT 1) k ON true
      WHERE p.id = ANY($1)
      """;

    private static final Unnest<Change> CHANGED = Unnest.of(Change.class)
            .uuid("id", change -> change.after().id())
            .word("status", change -> change.after().status())
            .text("reason", DecisionStore::rejectionReason)
            .minor("refunded_minor", change -> change.after().refunded())
            .minor("corrected_minor", DecisionStore::corrected)
            .minor("carried_minor", change -> change.after().carried())
            .bool("held", change -> change.after().hold().active() ? true : null)
            .timestamptz("payable_at", change -> change.after().hold().payableAt())
            .uuid("reinstatement_id", change -> change.after().reinstatementId())
            .word("reversed_from", change -> change.after().reversedFrom())
            .timestamptz("rejected_at", change -> change.after().rejectedAt());

    private static final String CHANGE = CHANGED.into("d", """
      UPDATE purchases p
      SET status = d.status, refunded_minor = d.refunded_minor,
          rejection_reason = CASE d.status WHEN 'rejected' THEN coalesce(d.reason, p.rejection_reason) END,
          corrected_minor = d.corrected_minor, carried_minor = d.carried_minor, held = d.held,
          payable_at = d.payable_at, reinstatement_id = d.reinstatement_id, reversed_from = d.reversed_from,
          rejected_at = d.rejected_at, updated_at = $1
      FROM {d}
      WHERE p.id = d.id
      """);

    /** Shows of purchases that their partners rejected what those told of with no later time; the rest may count again. */
    private static final String CUT_TO_REJECTION = """
      UPDATE purchases p
      SET refunded_minor = r.amount_minor,
          corrected_minor = (
              SELECT k.amount_minor FROM corrections k
              WHERE k.purchase_id = p.id AND k.occurred_at <= p.rejected_at AND k.amount_minor >= r.amount_minor
              ORDER BY k.occurred_at DESC, k.external_id COLLATE "C" DESC LIMIT 1)
      FROM unnest($1::uuid[]) AS wanted (id)
      JOIN purchases q ON q.id = wanted.id AND q.rejected_at IS NOT NULL
      CROSS JOIN LATERAL (
          SELECT coalesce(sum(amount_minor), 0)::bigint AS amount_minor FROM refunds
          WHERE purchase_id = q.id AND (q.rejected_at < occurred_at) IS NOT TRUE) r
      WHERE p.id = q.id
      """;

    private static final String RESTATE_REJECTION = """
      UPDATE purchases p SET rejection_reason = $2, rejected_at = $3, updated_at = $4
      FROM (SELECT id, rejection_reason FROM purchases WHERE id = $1) before
      WHERE p.id = before.id AND p.status = 'rejected'
      RETURNING before.rejection_reason <> $2 AS other_reason
      """;

    private static final String END_VERIFICATION = "DELETE FROM verifications WHERE purchase_id = ANY($1)";

    /** One that was ingested a moment ago may be on the list of its batch as well. */
    private static final String RESUME_VERIFICATION = """
      INSERT INTO verifications (purchase_id, user_id, merchant_id, partner_id, due_at)
      SELECT id, user_id, merchant_id, partner_id, $2 FROM purchases WHERE id = ANY($1)
      ON CONFLICT (purchase_id) DO NOTHING
      """;

    /**
     * A refund that is to be written.
     *
     * @param cashback by how much it lowers the cashback of its purchase
     */
    record Refund(Change.Refunded change, Money cashback) {}

    private static final Unnest<Refund> REFUNDS = Unnest.of(Refund.class)
            .uuid("id", refund -> refund.change().id())
            .uuid("purchase_id", refund -> refund.change().before().id())
            .text("external_id", refund -> refund.change().externalId())
            .minor("amount_minor", refund -> refund.change().amount())
            .minor("cashback_minor", Refund::cashback)
            .timestamptz("occurred_at", refund -> refund.change().occurredAt());

    private static final String INSERT_REFUNDS = REFUNDS.into("r", """
      INSERT INTO refunds (id, purchase_id, external_id, amount_minor, cashback_minor, occurred_at, created_at)
      SELECT r.id, r.purchase_id, r.external_id, r.amount_minor, r.cashback_minor, r.occurred_at, $1 FROM {r}
      """);

    private static final Unnest<Change.Corrected> CORRECTIONS = Unnest.of(Change.Corrected.class)
            .uuid("id", Change.Corrected::id)
            .uuid("purchase_id", correction -> correction.before().id())
            .text("external_id", Change.Corrected::externalId)
            .minor("amount_minor", Change.Corrected::amount)
            .timestamptz("occurred_at", Change.Corrected::occurredAt);

    private static final String INSERT_CORRECTIONS = CORRECTIONS.into("k", """
      INSERT INTO corrections (id, purchase_id, external_id, amount_minor, occurred_at, created_at)
      SELECT k.id, k.purchase_id, k.external_id, k.amount_minor, k.occurred_at, $1 FROM {k}
      """);

    private DecisionStore() {}

    /** The owners of those purchases that exist. */
    static Future<Map<UUID, UUID>> findOwners(SqlConnection tx, Collection<UUID> purchaseIds) {
        return findOwners(tx, FIND_OWNERS, purchaseIds);
    }

    private static Future<Map<UUID, UUID>> findOwners(SqlConnection tx, String sql, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(sql)
                .collecting(Rows.byKey(row -> row.getUUID("id"), row -> row.getUUID("user_id")))
                .execute(ids(purchaseIds))
                .map(SqlResult::value);
    }

    /** Locks those that no other transaction has locked; returns them with their owners. */
    static Future<Map<UUID, UUID>> lockFree(SqlConnection tx, Collection<UUID> purchaseIds) {
        return findOwners(tx, LOCK_FREE, purchaseIds);
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
                Rows.instant(row, "purchased_at"),
                Rows.instant(row, "created_at"),
                new CashbackTerms(
                        row.getUUID("offer_id"),
                        Rows.word(row, "cashback_type", CashbackType.class),
                        row.getLong("cashback_value_e4"),
                        Rows.moneyOrNull(row, "monthly_cap_minor"),
                        row.getInteger("hold_days")),
                Rows.money(row, "reported_minor"),
                Rows.money(row, "gross_minor"),
                row.getString("correction_id") == null
                        ? null
                        : new Correction(Rows.instant(row, "corrected_at"), row.getString("correction_id")),
                row.getString("currency"),
                Rows.word(row, "status", PurchaseStatus.class),
                Rows.money(row, "refunded_minor"),
                Rows.moneyOrNull(row, "carried_minor"),
                Rows.money(row, "held_minor"),
                new Hold(row.getBoolean("held"), Rows.instantOrNull(row, "payable_at")),
                null,
                row.getUUID("reinstatement_id"),
                Rows.wordOrNull(row, "reversed_from", PurchaseStatus.class),
                Rows.instantOrNull(row, "rejected_at"));
    }

    /**
     * @param last the last change of each purchase
     */
    static Future<Void> change(SqlConnection tx, Collection<Change> last, Instant now) {
        return tx.preparedQuery(CHANGE).execute(CHANGED.bind(last, now)).mapEmpty();
    }

    private static @Nullable Money corrected(Change change) {
        return change.after().correction() == null ? null : change.after().amount();
    }

    private static @Nullable String rejectionReason(Change change) {
        return change instanceof Change.Decided decided && decided.decision() == Decision.REJECT
                ? decided.reason()
                : null;
    }

    static Future<Void> cutToRejection(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(CUT_TO_REJECTION).execute(ids(purchaseIds)).mapEmpty();
    }

    /** True when the reason is another one. */
    static Future<Boolean> restateRejection(
            SqlConnection tx, UUID purchaseId, String reason, Instant toldAt, Instant now) {
        return tx.preparedQuery(RESTATE_REJECTION)
                .execute(Arguments.of(purchaseId, reason, toldAt, now))
                .compose(rows -> cutToRejection(tx, List.of(purchaseId))
                        .map(cut ->
                                rows.rowCount() > 0 && rows.iterator().next().getBoolean("other_reason")));
    }

    static Future<Void> endVerification(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(END_VERIFICATION).execute(ids(purchaseIds)).mapEmpty();
    }

    /** Puts purchases that are pending again on the work list of the verification job. */
    static Future<Void> resumeVerification(SqlConnection tx, Collection<UUID> purchaseIds, Instant now) {
        return tx.preparedQuery(RESUME_VERIFICATION)
                .execute(Arguments.of(Arguments.ids(purchaseIds), now))
                .mapEmpty();
    }

    static Future<Void> insertRefunds(SqlConnection tx, List<Refund> refunds, Instant now) {
        return tx.preparedQuery(INSERT_REFUNDS)
                .execute(REFUNDS.bind(refunds, now))
                .mapEmpty();
    }

    static Future<Void> insertCorrections(SqlConnection tx, List<Change.Corrected> corrections, Instant now) {
        return tx.preparedQuery(INSERT_CORRECTIONS)
                .execute(CORRECTIONS.bind(corrections, now))
                .mapEmpty();
    }

    private static Tuple ids(Collection<UUID> purchaseIds) {
        return Arguments.of((Object) Arguments.ids(purchaseIds));
    }
}
