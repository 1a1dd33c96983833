package com.clicknback.bench;

import com.clicknback.testing.Sql;
import java.util.List;
import java.util.Map;

/** Years of purchases, credited and confirmed, put behind the service's back into the tables that grow. */
final class FullTable {
    private static final int CHUNK = 500_000;

    private static final String PURCHASES =
            """
            WITH made AS (
                INSERT INTO purchases (id, partner_id, external_id, user_id, merchant_id, amount_minor, currency,
                    purchased_at, purchased_at_stated, cashback_type, cashback_value_e4, cashback_minor, status,
                    created_at, updated_at)
                SELECT uuidv7(age), '%s', 'history-' || n, ('%s' || lpad(to_hex(n %% %s), 12, '0'))::uuid,
                       ('%s' || lpad(to_hex(n %% %s), 12, '0'))::uuid, 1000, 'EUR', now() + age, true, 'percent',
                       50000, 50, 'confirmed', now() + age, now() + age
                FROM (SELECT n, interval '-1 day' - (? - n) * interval '6 seconds' AS age
                      FROM generate_series(?, ?) n) s
                RETURNING id, user_id, created_at
            ), credited AS (
                INSERT INTO cashback_credits (purchase_id, user_id, amount_minor, cap_month, credited_at)
                SELECT id, user_id, 50, date_trunc('month', created_at AT TIME ZONE 'UTC')::date, created_at FROM made
            )
            INSERT INTO ledger_transfers (id, user_id, kind, debit, credit, amount_minor, currency, purchase_id,
                created_at)
            SELECT uuidv7(made.created_at - now()), user_id, kind, debit, credit, 50, 'EUR', id, made.created_at
            FROM made CROSS JOIN (VALUES ('cashback_credit', 'outside', 'pending'),
                ('cashback_confirmed', 'pending', 'available')) AS t (kind, debit, credit)
            """.formatted(Seed.PARTNER_ID, Seed.PREFIX_OF_USERS, Load.USERS, Seed.PREFIX_OF_MERCHANTS, Load.MERCHANTS);

    private static final String TABLES =
            "'purchases'::regclass, 'cashback_credits'::regclass, 'ledger_transfers'::regclass";

    /** Indexes without a constraint: making them anew is faster than keeping them up. */
    private static final String INDEXES = """
            SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
            FROM pg_index i
            WHERE indrelid IN (%s) AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)
            """.formatted(TABLES);

    /** Keys that nothing refers to: making them anew is faster too. */
    private static final String KEYS = """
            SELECT conrelid::regclass::text AS "table", conname AS name, pg_get_constraintdef(c.oid) AS definition
            FROM pg_constraint c
            WHERE conrelid IN (%s) AND contype IN ('p', 'u')
            AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.conindid = c.conindid AND f.contype = 'f')
            """.formatted(TABLES);

    /** The history ends a day ago; what the service itself has confirmed since is in the wallets already. */
    private static final String WALLETS = """
            UPDATE wallets w SET available_minor = w.available_minor + m.minor, version = version + 1
            FROM (SELECT user_id, sum(amount_minor) AS minor FROM ledger_transfers
                  WHERE kind = 'cashback_confirmed' AND created_at < now() - interval '23 hours' GROUP BY user_id) m
            WHERE m.user_id = w.user_id
            """;

    private final Sql sql;

    FullTable(Sql sql) {
        this.sql = sql;
    }

    void fill(int purchases) {
        List<Map<String, Object>> indexes = sql.rows(INDEXES);
        indexes.forEach(index -> sql.execute("DROP INDEX " + index.get("name")));
        List<Map<String, Object>> keys = sql.rows(KEYS);
        keys.forEach(
                key -> sql.execute("ALTER TABLE %s DROP CONSTRAINT %s".formatted(key.get("table"), key.get("name"))));
        triggers("DISABLE");
        for (int first = 0; first < purchases; first += CHUNK) {
            sql.execute(PURCHASES, purchases, first, Math.min(first + CHUNK, purchases) - 1);
        }
        triggers("ENABLE");
        indexes.forEach(index -> sql.execute(index.get("definition").toString()));
        keys.forEach(key -> sql.execute("ALTER TABLE %s ADD CONSTRAINT %s %s"
                .formatted(key.get("table"), key.get("name"), key.get("definition"))));
        sql.execute(WALLETS);
    }

    private void triggers(String change) {
        for (String table : List.of("purchases", "cashback_credits", "ledger_transfers")) {
            sql.execute("ALTER TABLE " + table + " " + change + " TRIGGER USER");
        }
    }
}
