package com.clicknback.platform.migrations;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.UnfitDatabaseException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;

/** The service's role against its tables: a schema can be of the right version and yet be closed to that role. */
final class Rights {
    /** All but the tool's own; other tables in the schema, such as a copy that an operator made, are not the service's. */
    static final List<String> TABLES = List.of("""
        audit_log cap_usage cashback_credits clicks corrections crediting_batches crediting_setbacks event_cursors
        event_log event_log_offset feature_flags holds ledger_transfers merchant_periods merchants offer_periods
        offers parked_counts partner_deliveries partner_events partner_secrets partners payout_idempotency_keys
        payouts purchase_orders purchase_traces purchases refresh_tokens refunds statistics_days terms_version
        token_families users verification_batches verifications wallets
        """.split("\\s+"));

    private static final int NAMED_MAX = 5;

    private static final String FIND_MISSING = """
        SELECT name, rights
        FROM unnest($1::text[]) AS name
        CROSS JOIN LATERAL (
            SELECT CASE WHEN to_regclass('public.' || name) IS NULL THEN 'is not there' ELSE string_agg(one, ', ') END
            FROM unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) AS one
            WHERE has_table_privilege(to_regclass('public.' || name), one) IS NOT TRUE
        ) AS missing(rights)
        WHERE rights IS NOT NULL
        ORDER BY name
        """;

    private Rights() {}

    /** Fails with {@link UnfitDatabaseException}, which names the tables, when the role may not read and write them all. */
    static Future<Void> require(Database database) {
        return database.query(FIND_MISSING, Arguments.of((Object) TABLES.toArray(String[]::new)))
                .map(rows -> {
                    List<String> missing = new ArrayList<>();
                    for (Row row : rows) {
                        missing.add(row.getString("name") + " (" + row.getString("rights") + ")");
                    }
                    if (!missing.isEmpty()) {
                        throw new UnfitDatabaseException(closed(database, missing));
                    }
                    return null;
                });
    }

    private static String closed(Database database, List<String> missing) {
        int more = missing.size() - NAMED_MAX;
        return "the role %s lacks rights to tables of the database at %s: %s%s; run `migrate` with it as database.user"
                        .formatted(
                                database.settings().user(),
                                database.settings().uri(),
                                String.join(", ", missing.subList(0, Math.min(missing.size(), NAMED_MAX))),
                                more > 0 ? " and " + more + " more" : "")
                + " and the role that owns the tables as database.owner_user; a table that is not there was dropped or"
                + " not restored";
    }
}
