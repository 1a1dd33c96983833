package com.clicknback.verification;

import com.clicknback.platform.db.Database;
import com.clicknback.verification.PurchaseVerifier.Candidate;
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
    private static final String FIND_DUE = """
      SELECT v.purchase_id, v.user_id, v.merchant_id, v.due_at,
             coalesce(p.confirmed_by = 'partner', false) AS left_to_partner
      FROM verifications v LEFT JOIN partners p ON p.id = v.partner_id
      WHERE v.due_at <= $1 AND (v.due_at, v.purchase_id) > ($2, $3)
      ORDER BY v.due_at, v.purchase_id LIMIT $4
      """;

    private static final String WITHHOLD = """
      UPDATE verifications SET due_at = NULL WHERE purchase_id = ANY($1) AND due_at <= $2
      """;

    private static final String RELEASE = """
      WITH released AS (
          SELECT w.purchase_id
          FROM partners p
          CROSS JOIN LATERAL (
              SELECT v.purchase_id FROM verifications v
              WHERE v.partner_id = p.id AND v.due_at IS NULL LIMIT $2 FOR UPDATE SKIP LOCKED) w
          WHERE p.confirmed_by = 'verification' LIMIT $2)
      UPDATE verifications v SET due_at = $1 FROM released r WHERE v.purchase_id = r.purchase_id
      """;

    /**
     * What another process holds right now is skipped; what it has claimed already is no longer due. What a partner has
     * told about a purchase comes before what the verifier says.
     */
    private static final String CLAIM = """
      WITH mine AS (
          SELECT v.purchase_id
          FROM verifications v
          JOIN purchases p ON p.id = v.purchase_id
          LEFT JOIN LATERAL (
              SELECT true AS told FROM partner_events e
              WHERE e.partner_id = p.partner_id AND e.external_id = p.external_id AND e.outcome IS NULL LIMIT 1) parked
              ON true
          WHERE v.purchase_id = ANY($1) AND v.due_at <= $2 AND parked.told IS NULL
          ORDER BY v.due_at, v.purchase_id FOR UPDATE OF v SKIP LOCKED)
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

    /**
     * A purchase whose verification is due.
     *
     * @param leftToPartner its partner decides, so it is not to be verified
     */
    record Due(UUID purchaseId, UUID userId, UUID merchantId, OffsetDateTime dueAt, boolean leftToPartner) {}

    /**
     * A purchase that this process alone may verify until its claim lapses.
     *
     * @param attempts how often the verifier has left it undecided
     */
    record Claim(Candidate candidate, int attempts) {}

    static final Due BEFORE_ALL = new Due(new UUID(0, 0), new UUID(0, 0), new UUID(0, 0), utc(Instant.EPOCH), false);

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
                                row.getOffsetDateTime("due_at"),
                                row.getBoolean("left_to_partner")));
                    }
                    return due;
                });
    }

    /** Takes purchases off the list of what is or becomes due, as long as their partners decide about them. */
    static Future<Void> withhold(Database database, Collection<UUID> purchaseIds, Instant now) {
        return purchaseIds.isEmpty()
                ? Future.succeededFuture()
                : database.query(WITHHOLD, ids(purchaseIds).addOffsetDateTime(utc(now)))
                        .mapEmpty();
    }

    /** Puts purchases back whose partners do not decide about them any more; answers how many. */
    static Future<Integer> release(Database database, Instant dueAt, int max) {
        return database.query(RELEASE, Tuple.of(utc(dueAt), max)).map(RowSet::rowCount);
    }

    static Future<List<Claim>> claim(Database database, Collection<UUID> purchaseIds, Instant now, Instant lapsesAt) {
        return database.query(
                        CLAIM, ids(purchaseIds).addOffsetDateTime(utc(now)).addOffsetDateTime(utc(lapsesAt)))
                .map(VerificationStore::claims);
    }

    private static List<Claim> claims(RowSet<Row> rows) {
        List<Claim> claims = new ArrayList<>(rows.size());
        for (Row row : rows) {
            claims.add(new Claim(candidate(row), row.getInteger("attempts")));
        }
        return claims;
    }

    /** Reads a row with the columns of a purchase under verification. */
    static Candidate candidate(Row row) {
        return new Candidate(
                row.getUUID("purchase_id"),
                row.getUUID("user_id"),
                row.getUUID("merchant_id"),
                row.getLong("amount_minor"),
                row.getString("currency"));
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
