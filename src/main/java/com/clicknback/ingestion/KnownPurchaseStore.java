package com.clicknback.ingestion;

import com.clicknback.clicks.ClickId;
import com.clicknback.events.PurchaseKey;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import com.clicknback.purchases.PurchaseStatus;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.SqlResult;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The SQL that finds purchases that were submitted before. */
final class KnownPurchaseStore {
    private static final Unnest<PurchaseKey> KEYS = Unnest.of(PurchaseKey.class)
            .uuid("partner_id", PurchaseKey::partnerId)
            .text("external_id", PurchaseKey::externalId);

    /** The columns of a known purchase, of which the second report may have stated another time. */
    static final String COLUMNS = """
      known.id, known.user_id, known.merchant_id, known.amount_minor, known.currency, known.status,
      known.payable_at, known.created_at, known.click_id,
      CASE WHEN known.status = 'reversed' THEN 0
           ELSE coalesce(
               known.rerated_minor,
               (SELECT c.amount_minor FROM cashback_credits c WHERE c.purchase_id = known.id),
               known.cashback_minor) END AS cashback_minor
      """;

    private static final String OF_PARTNERS = """
      SELECT p.*, p.external_id AS sent_id FROM purchases p
      WHERE p.partner_id = named.partner_id AND p.external_id = ANY (named.external_ids)
      """;

    /** A user's own id of an order that a partner reported as well is not the purchase's. */
    private static final String OF_USERS = """
      SELECT p.*, p.external_id AS sent_id FROM purchases p
      WHERE named.partner_id IS NULL AND p.partner_id IS NULL AND p.external_id = ANY (named.external_ids)
      UNION ALL
      SELECT p.*, a.user_external_id AS sent_id
      FROM purchase_orders a JOIN purchases p ON p.id = a.purchase_id
      WHERE named.partner_id IS NULL AND p.partner_id IS NOT NULL
        AND a.user_external_id = ANY (named.external_ids)
      """;

    private static final String FIND = findAmong(OF_PARTNERS + " UNION ALL " + OF_USERS);

    /** Most batches have partners' submissions alone. What a statement might look into costs them, even if it does not. */
    private static final String FIND_OF_PARTNERS = findAmong(OF_PARTNERS);

    /** Walks once along the unique index for each partner: ids that a partner sends in a row are often neighbours. */
    private static String findAmong(String known) {
        return KEYS.into("k", "SELECT " + COLUMNS + """
          , named.partner_id, known.sent_id AS external_id, o.order_ref,
                 CASE WHEN o.attached_at IS NOT NULL AND (o.first_by = 'user') <> (named.partner_id IS NULL)
                      THEN o.attached_purchased_at
                      WHEN known.purchased_at_stated THEN known.purchased_at END AS stated_at
          FROM (SELECT partner_id, array_agg(external_id) AS external_ids FROM {k} GROUP BY partner_id) named
          CROSS JOIN LATERAL (%s) known
          LEFT JOIN purchase_orders o ON o.purchase_id = known.id
          """.formatted(known));
    }

    private KnownPurchaseStore() {}

    /** The purchases that have the external ids of submissions. */
    static Future<Map<PurchaseKey, KnownPurchase>> find(SqlConnection connection, List<Submission> submissions) {
        boolean ofPartners =
                submissions.stream().allMatch(submission -> submission.key().partnerId() != null);
        return connection
                .preparedQuery(ofPartners ? FIND_OF_PARTNERS : FIND)
                .collecting(Rows.byKey(
                        row -> new PurchaseKey(row.getUUID("partner_id"), row.getString("external_id")),
                        KnownPurchaseStore::read))
                .execute(KEYS.bind(submissions.stream().map(Submission::key).toList()))
                .map(SqlResult::value);
    }

    /** Reads a row with {@link #COLUMNS}, the reference of the order, and the time that its sender stated. */
    static KnownPurchase read(Row row) {
        UUID clickId = row.getUUID("click_id");
        return new KnownPurchase(
                row.getUUID("id"),
                row.getUUID("user_id"),
                row.getUUID("merchant_id"),
                Rows.money(row, "amount_minor"),
                row.getString("currency"),
                Rows.instantOrNull(row, "stated_at"),
                Rows.word(row, "status", PurchaseStatus.class),
                Rows.money(row, "cashback_minor"),
                Rows.instantOrNull(row, "payable_at"),
                Rows.instant(row, "created_at"),
                row.getString("order_ref"),
                clickId == null ? null : new ClickId(clickId).text());
    }
}
