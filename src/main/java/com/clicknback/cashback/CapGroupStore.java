package com.clicknback.cashback;

import static java.util.Objects.requireNonNull;

import com.clicknback.ledger.Account;
import com.clicknback.money.Money;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The SQL that finds the purchases of caps that changes may touch. */
final class CapGroupStore {
    /** Purchases without a part of their cap that are looked at first: most changes give little back. */
    static final int GROUP_MAX = 1_000;

    /** The next look takes so many times as many. */
    static final int GROUP_GROWTH = 4;

    /**
     * Changes of purchases of one cap.
     *
     * @param changed the purchases, credited or about to be
     * @param rise the most that the changes add to what the cap hands out
     */
    record Neighbours(CapKey key, List<RatedPurchase> changed, Money rise) {
        /** Nothing changes before it. */
        Instant since() {
            return Collections.min(changed, RatedPurchase.BY_INGESTION).ingestedAt();
        }
    }

    /** Neighbours with the state of their cap. */
    private record Wanted(Neighbours neighbours, CapState cap) {
        CapKey key() {
            return neighbours.key();
        }
    }

    private static final Unnest<Wanted> CAPS = Unnest.of(Wanted.class)
            .uuid("user_id", wanted -> wanted.key().userId())
            .uuid("offer_id", wanted -> wanted.key().offerId())
            .date("cap_month", wanted -> wanted.key().month())
            .timestamptz("since", wanted -> wanted.neighbours().since())
            .minor("rise_minor", wanted -> wanted.neighbours().rise())
            .minor("used_minor", wanted -> wanted.cap().used())
            .timestamptz("latest_at", wanted -> wanted.cap().latestAt())
            .uuid("latest_id", wanted -> wanted.cap().latestId())
            .ordinality("cap");

    /**
     * The index {@code purchases_of_user} begins at the first change. Purchases that are too small to earn anything are
     * passed over: they take no part of the cap, whatever it has left, and there may be any number of them.
     */
    private static final String CREDITED = """
      SELECT p.id, p.created_at, p.purchased_at, p.cashback_type, p.cashback_value_e4, p.monthly_cap_minor,
             coalesce(p.corrected_minor, p.amount_minor) AS gross_minor, p.refunded_minor, p.carried_minor,
             CASE WHEN p.status = 'pending' OR p.held THEN 'pending' ELSE 'available' END AS balance,
             coalesce(p.rerated_minor, c.amount_minor) AS credited_minor,
             p.corrected_minor IS NOT NULL OR p.refunded_minor > 0
                 OR coalesce(p.rerated_minor, c.amount_minor) <> coalesce(p.carried_minor, p.cashback_minor) AS touched,
             false AS change
      FROM purchases p
      CROSS JOIN LATERAL (SELECT amount_minor FROM cashback_credits WHERE purchase_id = p.id LIMIT 1) c
      WHERE p.user_id = k.user_id AND p.created_at >= k.since
        AND p.offer_id = k.offer_id AND p.status IN ('pending', 'confirmed')
        AND (p.cashback_minor > 0 OR coalesce(p.corrected_minor, p.carried_minor, p.rerated_minor) IS NOT NULL)
        AND p.purchased_at >= k.cap_month::timestamp AT TIME ZONE 'UTC'
        AND p.purchased_at < (k.cap_month + interval '1 month') AT TIME ZONE 'UTC'
      """;

    /**
     * The live credited purchases of caps from the first change on: all that have a part of the cap, and the first ones of
     * the others. Neighbours that have all they are entitled to, and keep it whatever the changes do, are summed up in one
     * row, which has the place of the last of them. So few rows are read, however many purchases there are.
     */
    static final String FIND_GROUPS = CAPS.into("k", """
      WITH ordered AS (
          SELECT k.cap, s.*, (s.created_at, s.id) > (k.latest_at, k.latest_id) AS beyond,
                 k.used_minor + k.rise_minor - sum(s.credited_minor) OVER (PARTITION BY k.cap)
                     + sum(s.credited_minor) OVER (PARTITION BY k.cap ORDER BY s.created_at, s.id) AS upto_minor
          FROM {k}
          CROSS JOIN LATERAL (
              (%1$s AND ((p.created_at, p.id) > (k.latest_at, k.latest_id)) IS NOT TRUE)
              UNION ALL
              (%1$s AND (p.created_at, p.id) > (k.latest_at, k.latest_id) ORDER BY p.created_at, p.id LIMIT $1)
              UNION ALL
              SELECT i.id, i.created_at, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, true, true
              FROM unnest($2::bigint[], $3::timestamptz[], $4::uuid[]) AS i (cap, created_at, id) WHERE i.cap = k.cap) s
      ), placed AS (
          SELECT *, touched OR upto_minor > monthly_cap_minor
                 OR bool_or(change) OVER (PARTITION BY cap, created_at, id) AS apart
          FROM ordered
      ), grouped AS (
          SELECT *, count(*) FILTER (WHERE apart) OVER (PARTITION BY cap ORDER BY created_at, id) AS run,
                 count(*) FILTER (WHERE beyond AND NOT change) OVER (PARTITION BY cap) AS beyond_count
          FROM placed
      )
      SELECT cap, beyond_count, id, created_at, purchased_at, cashback_type, cashback_value_e4, monthly_cap_minor,
             gross_minor, refunded_minor, carried_minor, balance, credited_minor
      FROM grouped WHERE apart AND NOT change
      UNION ALL
      SELECT cap, max(beyond_count), (array_agg(id ORDER BY created_at DESC, id DESC))[1], max(created_at), NULL, NULL, NULL,
             NULL, NULL, NULL, NULL, NULL, sum(credited_minor)::bigint
      FROM grouped WHERE NOT apart GROUP BY cap, run
      """.formatted(CREDITED));

    private CapGroupStore() {}

    /**
     * Live credited purchases of caps from a place on, in no order.
     *
     * @param purchases some of them summed up
     * @param cutShort the caps of which later ones are left out; those have no part of the cap
     */
    record Groups(Map<CapKey, List<RatedPurchase>> purchases, Set<CapKey> cutShort) {}

    /**
     * Finds the purchases of caps whose amounts may change.
     *
     * @param max how many without a part of its cap are looked at
     */
    static Future<Groups> findGroups(SqlConnection tx, List<Neighbours> wanted, Map<CapKey, CapState> caps, int max) {
        if (wanted.isEmpty()) {
            return Future.succeededFuture(new Groups(Map.of(), Set.of()));
        }
        List<Wanted> rows = wanted.stream()
                .map(neighbours -> new Wanted(neighbours, caps.getOrDefault(neighbours.key(), CapState.UNUSED)))
                .toList();
        return tx.preparedQuery(FIND_GROUPS).execute(arguments(rows, max)).map(found -> {
            Map<CapKey, List<RatedPurchase>> groups = new HashMap<>();
            Set<CapKey> cutShort = new HashSet<>();
            wanted.forEach(neighbours -> groups.put(neighbours.key(), new ArrayList<>()));
            for (Row row : found) {
                CapKey key = wanted.get(row.getLong("cap").intValue() - 1).key();
                requireNonNull(groups.get(key)).add(member(key, row));
                if (row.getLong("beyond_count") == max) {
                    cutShort.add(key);
                }
            }
            return new Groups(groups, cutShort);
        });
    }

    private static Tuple arguments(List<Wanted> rows, int max) {
        List<Long> caps = new ArrayList<>();
        List<OffsetDateTime> times = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            for (RatedPurchase changed : rows.get(i).neighbours().changed()) {
                caps.add(i + 1L);
                times.add(Arguments.utc(changed.ingestedAt()));
                ids.add(changed.id());
            }
        }
        return CAPS.bind(
                rows, max, caps.toArray(Long[]::new), times.toArray(OffsetDateTime[]::new), ids.toArray(UUID[]::new));
    }

    private static RatedPurchase member(CapKey key, Row row) {
        return row.getLong("monthly_cap_minor") == null
                ? CapGroup.run(
                        key, row.getUUID("id"), Rows.instant(row, "created_at"), Rows.money(row, "credited_minor"))
                : new RatedPurchase(
                        row.getUUID("id"),
                        key.userId(),
                        Rows.instant(row, "created_at"),
                        key.month(),
                        new CashbackTerms(
                                key.offerId(),
                                Rows.word(row, "cashback_type", CashbackType.class),
                                row.getLong("cashback_value_e4"),
                                Rows.money(row, "monthly_cap_minor")),
                        Rows.money(row, "gross_minor"),
                        Rows.money(row, "refunded_minor"),
                        Rows.moneyOrNull(row, "carried_minor"),
                        Rows.word(row, "balance", Account.class),
                        Rows.money(row, "credited_minor"));
    }
}
