package com.clicknback.explanations;

import com.clicknback.cashback.Calculation;
import com.clicknback.cashback.CapDraw;
import com.clicknback.cashback.CashbackTerms;
import com.clicknback.cashback.CashbackType;
import com.clicknback.explanations.Explanation.CorrectionTaken;
import com.clicknback.explanations.Explanation.Credited;
import com.clicknback.explanations.Explanation.Order;
import com.clicknback.explanations.Explanation.RefundTaken;
import com.clicknback.explanations.Explanation.RefusedEvent;
import com.clicknback.explanations.NextStep.Awaited;
import com.clicknback.money.Money;
import com.clicknback.platform.db.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the facts that explain a purchase. */
final class ExplanationStore {
    private static final String FIND_FACTS = """
      SELECT p.amount_minor, p.refunded_minor, p.offer_id, p.cashback_type, p.cashback_value_e4, p.monthly_cap_minor,
             coalesce(p.hold_days, 0) AS hold_days,
             p.cashback_minor, c.amount_minor AS credited_minor, c.credited_at, c.cap_month, c.cap_used_before_minor,
             coalesce(v.attempts, 0) AS attempts, coalesce(v.due_at, p.created_at) AS due_at, t.confirmed_by,
             t.active AS partner_active, o.order_ref, o.first_by, o.user_external_id, o.attached_at
      FROM purchases p
      LEFT JOIN cashback_credits c ON c.purchase_id = p.id
      LEFT JOIN verifications v ON v.purchase_id = p.id
      LEFT JOIN partners t ON t.id = p.partner_id
      LEFT JOIN purchase_orders o ON o.purchase_id = p.id
      WHERE p.id = $1
      """;

    private static final String FIND_REFUNDS = """
      SELECT r.id, r.external_id, r.amount_minor, r.cashback_minor, r.created_at,
             (p.rejected_at < r.occurred_at) IS NOT TRUE AS counts
      FROM refunds r JOIN purchases p ON p.id = r.purchase_id
      WHERE r.purchase_id = $1 ORDER BY r.created_at, r.id LIMIT $2
      """;

    private static final String FIND_CORRECTIONS = """
      SELECT k.id, k.external_id, k.amount_minor, k.occurred_at, k.created_at,
             (p.rejected_at < k.occurred_at) IS NOT TRUE AS counts
      FROM corrections k JOIN purchases p ON p.id = k.purchase_id
      WHERE k.purchase_id = $1 ORDER BY k.created_at, k.id LIMIT $2
      """;

    private static final String FIND_REFUSED_EVENTS = """
      SELECT 'purchase.' || e.kind AS type, e.refund_id, e.correction_id, e.occurred_at,
             coalesce(e.settled_at, e.expired_at, e.received_at) AS settled_at, e.outcome, e.refusal
      FROM purchases p
      JOIN partner_events e ON e.partner_id = p.partner_id AND e.external_id = p.external_id
      WHERE p.id = $1 AND e.outcome <> 'applied'
      ORDER BY e.occurred_at, e.id LIMIT $2
      """;

    private ExplanationStore() {}

    /**
     * The stored facts about the cashback of a purchase.
     *
     * @param awaited as long as the purchase is pending; due since its ingestion unless the verification job has found
     *     otherwise
     */
    record Facts(
            Money refunded,
            CashbackTerms terms,
            Calculation calculation,
            @Nullable CapDraw cap,
            @Nullable Credited credit,
            @Nullable Order order,
            Awaited awaited) {}

    static Future<Optional<Facts>> findFacts(SqlConnection connection, UUID purchaseId) {
        return connection
                .preparedQuery(FIND_FACTS)
                .mapping(ExplanationStore::facts)
                .execute(Tuple.of(purchaseId))
                .map(Rows::first);
    }

    private static Facts facts(Row row) {
        Credited credit = row.getLong("credited_minor") == null
                ? null
                : new Credited(Rows.money(row, "credited_minor"), Rows.instant(row, "credited_at"));
        CashbackTerms terms = terms(row);
        return new Facts(
                Rows.money(row, "refunded_minor"),
                terms,
                Calculation.of(terms, Rows.money(row, "amount_minor"), Rows.money(row, "cashback_minor")),
                credit == null || row.getUUID("offer_id") == null ? null : capDraw(row, credit),
                credit,
                row.getString("order_ref") == null ? null : order(row),
                awaited(row));
    }

    private static CashbackTerms terms(Row row) {
        return new CashbackTerms(
                row.getUUID("offer_id"),
                Rows.word(row, "cashback_type", CashbackType.class),
                row.getLong("cashback_value_e4"),
                Rows.moneyOrNull(row, "monthly_cap_minor"),
                row.getInteger("hold_days"));
    }

    private static CapDraw capDraw(Row row, Credited credit) {
        return CapDraw.of(
                YearMonth.from(row.getLocalDate("cap_month")),
                Rows.money(row, "monthly_cap_minor"),
                Rows.money(row, "cap_used_before_minor"),
                Rows.money(row, "cashback_minor"),
                credit.amount());
    }

    private static Order order(Row row) {
        String firstBy = row.getString("first_by");
        String userExternalId = row.getString("user_external_id");
        Instant attachedAt = Rows.instantOrNull(row, "attached_at");
        String told = firstBy.equals("user")
                ? "The partner reported the order, too, that its user had submitted as " + userExternalId
                        + ". It is one purchase, and the partner decides about it."
                : "Its user submitted the order, too, as " + userExternalId
                        + ". It is one purchase and earns once; the partner decides about it.";
        return new Order(
                row.getString("order_ref"), firstBy, userExternalId, attachedAt, attachedAt == null ? null : told);
    }

    private static Awaited awaited(Row row) {
        return new Awaited(
                Rows.instant(row, "due_at"),
                row.getInteger("attempts"),
                "partner".equals(row.getString("confirmed_by")),
                Boolean.TRUE.equals(row.getBoolean("partner_active")));
    }

    /** The refunds of a purchase, the earliest first. */
    static Future<List<RefundTaken>> findRefunds(SqlConnection connection, UUID purchaseId, int max) {
        return connection
                .preparedQuery(FIND_REFUNDS)
                .mapping(ExplanationStore::refund)
                .execute(Tuple.of(purchaseId, max))
                .map(Rows::list);
    }

    private static RefundTaken refund(Row row) {
        return new RefundTaken(
                row.getUUID("id"),
                row.getString("external_id"),
                Rows.money(row, "amount_minor"),
                Rows.money(row, "cashback_minor"),
                Rows.instant(row, "created_at"),
                row.getBoolean("counts"));
    }

    /** The events about a purchase that were refused or came too early, by the partner's times. */
    static Future<List<RefusedEvent>> findRefusedEvents(SqlConnection connection, UUID purchaseId, int max) {
        return connection
                .preparedQuery(FIND_REFUSED_EVENTS)
                .mapping(ExplanationStore::refusedEvent)
                .execute(Tuple.of(purchaseId, max))
                .map(Rows::list);
    }

    private static RefusedEvent refusedEvent(Row row) {
        String outcome = row.getString("outcome");
        boolean expired = outcome.equals("expired");
        String refusal = row.getString("refusal");
        return new RefusedEvent(
                row.getString("type"),
                row.getString("refund_id"),
                row.getString("correction_id"),
                Rows.instant(row, "occurred_at"),
                Rows.instant(row, "settled_at"),
                expired ? "expired" : "refused",
                expired ? null : outcome,
                refusal == null ? "An event of the partner had no effect: " + outcome + "." : refusal);
    }

    /** The corrections of a purchase, in the order in which they took effect. */
    static Future<List<CorrectionTaken>> findCorrections(SqlConnection connection, UUID purchaseId, int max) {
        return connection
                .preparedQuery(FIND_CORRECTIONS)
                .mapping(row -> new CorrectionTaken(
                        row.getUUID("id"),
                        row.getString("external_id"),
                        Rows.moneyOrNull(row, "amount_minor"),
                        Rows.instant(row, "occurred_at"),
                        Rows.instant(row, "created_at"),
                        row.getBoolean("counts")))
                .execute(Tuple.of(purchaseId, max))
                .map(Rows::list);
    }
}
