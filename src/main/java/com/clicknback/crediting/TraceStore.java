package com.clicknback.crediting;

import com.clicknback.crediting.CreditingStore.Owed;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The SQL of the traces of purchases that are not credited yet. */
final class TraceStore {
    private static final String INSERT = """
      INSERT INTO purchase_traces (purchase_id, traceparent, stored_at)
      SELECT u.purchase_id, u.traceparent, $3 FROM unnest($1::uuid[], $2::text[]) AS u (purchase_id, traceparent)
      """;

    /**
     * Takes those that were left behind too: of duplicates, and of what was credited first. Processes that find the same
     * ones do not wait for each other.
     */
    private static final String TAKE = """
      DELETE FROM purchase_traces WHERE purchase_id IN (
          SELECT purchase_id FROM purchase_traces WHERE purchase_id = ANY ($1) OR stored_at < $2
          FOR UPDATE SKIP LOCKED)
      RETURNING purchase_id = ANY ($1) AS wanted, traceparent
      """;

    private TraceStore() {}

    static Future<Void> insert(Database database, Map<UUID, String> traces, Instant now) {
        String[] texts = traces.values().toArray(String[]::new);
        return database.query(INSERT, Arguments.of(Arguments.ids(traces.keySet()), texts, now))
                .mapEmpty();
    }

    /**
     * Finds the traces of purchases, once.
     *
     * @param forgottenBefore the time before which all that was stored is deleted
     */
    static Future<List<String>> take(SqlConnection tx, List<Owed> purchases, Instant forgottenBefore) {
        List<UUID> ids = purchases.stream().map(Owed::purchaseId).toList();
        return tx.preparedQuery(TAKE)
                .execute(Arguments.of(Arguments.ids(ids), forgottenBefore))
                .map(rows -> rows.stream()
                        .filter(row -> row.getBoolean("wanted"))
                        .map(row -> row.getString("traceparent"))
                        .distinct()
                        .toList());
    }
}
