package com.clicknback.purchases;

import com.clicknback.platform.db.Database;
import com.clicknback.purchases.PurchaseVerifier.Candidate;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The SQL of the verification job's work list. */
final class VerificationStore {
    /** Without the purchases of partners that decide about theirs themselves. */
    private static final String FIND_DUE = """
      SELECT v.purchase_id, v.user_id, v.merchant_id, v.due_at
      FROM verifications v LEFT JOIN partners p ON p.id = v.partner_id
      WHERE v.due_at <= $1 AND (v.due_at, v.purchase_id) > ($2, $3) AND p.confirmed_by IS DISTINCT FROM 'partner'
      ORDER BY v.due_at, v.purchase_id LIMIT $4
      """;

    /** What another process holds right now is skipped; what it has claimed already is no longer due. */
    private static final String CLAIM = """
      WITH mine AS (
          SELECT purchase_id FROM verifications
          WHERE purchase_id = ANY($1) AND due_at <= $2
          ORDER BY due_at, purchase_id FOR UPDATE SKIP LOCKED)
      UPDATE verifications v SET due_at = $3
      FROM mine JOIN purchases p ON p.id = mine.purchase_id
      WHERE v.purchase_id = mine.purchase_id
      RETURNING v.purchase_id, v.attempts, p.user_id, p.merchant_id, p.amount_minor, p.currency
      """;

    /** Only under the claim that lapses at $2: what lapsed and was claimed anew is another's. */
    private static final String COUNT_ATTEMPT = """
      UPDATE verifications SET attempts = attempts + 1, due_at = $3 WHERE purchase_id = ANY($1) AND due_at = $2
      """;

    private static final String POSTPONE = """
      UPDATE verifications SET due_at = $3 WHERE purchase_id = ANY($1) AND due_at = $2
      """;

    private VerificationStore() {}

    /** A purchase whose verification is due. */
    record Due(UUID purchaseId, UUID userId, UUID merchantId, OffsetDateTime dueAt) {}

    /**
     * A purchase that this process alone may verify until its claim lapses.
     *
     * @param attempts how often the verifier has left it undecided
     */
    record Claim(Candidate candidate, int attempts) {}

    static final Due BEFORE_ALL = new Due(new UUID(0, 0), new UUID(0, 0), new UUID(0, 0), utc(Instant.EPOCH));

    /** The oldest due ones after a given one. */
    static Future<List<Due>> findDue(Database database, Instant now, Due after, int max) {
        return database.query(FIND_DUE, Tuple.of(utc(now), after.dueAt(), after.purchaseId(), max))
                .map(rows -> {
                    List<Due> due = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        due.add(new Due(
                                row.getUUID("purchase_id"),
                                row.getUUID("user_id"),
                                row.getUUID("merchant_id"),
                                row.getOffsetDateTime("due_at")));
                    }
                    return due;
                });
    }

    static Future<List<Claim>> claim(Database database, Collection<UUID> purchaseIds, Instant now, Instant lapsesAt) {
        return database.query(
                        CLAIM, ids(purchaseIds).addOffsetDateTime(utc(now)).addOffsetDateTime(utc(lapsesAt)))
                .map(VerificationStore::claims);
    }

    private static List<Claim> claims(RowSet<Row> rows) {
        List<Claim> claims = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Candidate candidate = new Candidate(
                    row.getUUID("purchase_id"),
                    row.getUUID("user_id"),
                    row.getUUID("merchant_id"),
                    row.getLong("amount_minor"),
                    row.getString("currency"));
            claims.add(new Claim(candidate, row.getInteger("attempts")));
        }
        return claims;
    }

    /** Under a claim. */
    static Future<Void> countAttempt(Database database, Collection<UUID> purchaseIds, Instant lapsesAt, Instant dueAt) {
        return change(database, COUNT_ATTEMPT, purchaseIds, lapsesAt, dueAt);
    }

    /** Under a claim. */
    static Future<Void> postpone(Database database, Collection<UUID> purchaseIds, Instant lapsesAt, Instant dueAt) {
        return change(database, POSTPONE, purchaseIds, lapsesAt, dueAt);
    }

    private static Future<Void> change(
            Database database, String sql, Collection<UUID> purchaseIds, Instant lapsesAt, Instant dueAt) {
        return purchaseIds.isEmpty()
                ? Future.succeededFuture()
                : database.query(
                                sql,
                                ids(purchaseIds)
                                        .addOffsetDateTime(utc(lapsesAt))
                                        .addOffsetDateTime(utc(dueAt)))
                        .mapEmpty();
    }

    private static Tuple ids(Collection<UUID> purchaseIds) {
        return Tuple.tuple().addArrayOfUUID(purchaseIds.toArray(UUID[]::new));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
