package com.clicknback.clicks;

import static java.util.Objects.requireNonNull;

import com.clicknback.clicks.ClickView.ClickedPurchase;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.db.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The SQL that tells the clicks of a user, with the purchases that came of them. */
final class ClickListStore {
    /** One click may have led to any number of purchases. */
    private static final int PURCHASES_MAX = 10;

    /** Keys grow with time, so the newest come first. */
    private static final String LIST = """
            SELECT c.id, c.user_id, c.merchant_id, m.name AS merchant_name, c.offer_id, c.cashback_type,
                   c.cashback_value_e4, c.monthly_cap_minor, c.hold_days, c.expires_at
            FROM clicks c JOIN merchants m ON m.id = c.merchant_id
            WHERE c.user_id = $1 AND c.id < $2 ORDER BY c.id DESC LIMIT $3
            """;

    /** A purchase is told as lists of purchases tell it. Nobody reads one of another user by a click. */
    static final String FIND_PURCHASES = """
            SELECT p.click_id, p.id, p.external_id, coalesce(p.corrected_minor, p.amount_minor) AS gross_minor,
                   p.currency, p.status, p.payable_at, p.purchased_at,
                   CASE WHEN p.status = 'reversed' THEN 0
                        ELSE coalesce(p.rerated_minor, k.amount_minor, p.cashback_minor) END AS cashback_minor
            FROM unnest($1::uuid[]) w (id)
            CROSS JOIN LATERAL (
                SELECT * FROM purchases
                WHERE click_id = w.id AND user_id = $2 ORDER BY id DESC LIMIT $3) p
            LEFT JOIN cashback_credits k ON k.purchase_id = p.id
            ORDER BY p.id DESC
            """;

    private ClickListStore() {}

    private record Named(Click click, String merchantName) {}

    private record Came(ClickId click, ClickedPurchase purchase) {}

    static Future<Page<ClickView>> list(Database database, Clicks.List wanted) {
        int limit = wanted.page().limit();
        UUID after = requireNonNull(wanted.page().after()).id();
        return database.query(LIST, Tuple.of(wanted.userId(), after, limit + 1), ClickListStore::named)
                .map(Rows::list)
                .compose(found -> {
                    List<Named> clicks = found.subList(0, Math.min(found.size(), limit));
                    Click last = found.size() > limit ? clicks.get(limit - 1).click() : null;
                    PageRequest.Key next = last == null
                            ? null
                            : new PageRequest.Key(last.issuedAt(), last.id().key());
                    return purchases(database, wanted.userId(), clicks)
                            .map(purchases -> new Page<>(views(clicks, purchases), wanted.page(), null, next));
                });
    }

    private static Future<Map<ClickId, List<ClickedPurchase>>> purchases(
            Database database, UUID userId, List<Named> clicks) {
        if (clicks.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        UUID[] ids = clicks.stream().map(one -> one.click().id().key()).toArray(UUID[]::new);
        return database.query(FIND_PURCHASES, Tuple.of(ids, userId, PURCHASES_MAX), ClickListStore::came)
                .map(Rows::list)
                .map(found -> {
                    Map<ClickId, List<ClickedPurchase>> byClick = new HashMap<>();
                    found.forEach(one -> byClick.computeIfAbsent(one.click(), id -> new ArrayList<>())
                            .add(one.purchase()));
                    return byClick;
                });
    }

    private static List<ClickView> views(List<Named> clicks, Map<ClickId, List<ClickedPurchase>> purchases) {
        return clicks.stream()
                .map(one -> ClickView.of(
                        one.click(),
                        one.merchantName(),
                        purchases.getOrDefault(one.click().id(), List.of())))
                .toList();
    }

    private static Named named(Row row) {
        return new Named(ClickStore.click(row), row.getString("merchant_name"));
    }

    private static Came came(Row row) {
        return new Came(
                new ClickId(row.getUUID("click_id")),
                new ClickedPurchase(
                        row.getUUID("id"),
                        row.getString("external_id"),
                        Rows.money(row, "gross_minor"),
                        row.getString("currency"),
                        row.getString("status"),
                        Rows.money(row, "cashback_minor"),
                        Rows.instantOrNull(row, "payable_at"),
                        Rows.instant(row, "purchased_at")));
    }
}
