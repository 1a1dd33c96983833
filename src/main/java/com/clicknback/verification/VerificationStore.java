package com.clicknback.verification;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Rows;
import com.clicknback.verification.PurchaseVerifier.Candidate;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
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

    /** Without those whose partner has reported them meanwhile and decides, or has told something about them. */
    private static final String FIND_LEFT_TO_JOB = """
      SELECT p.id
      FROM purchases p LEFT JOIN partners t ON t.id = p.partner_id
      WHERE p.id = ANY($1) AND t.confirmed_by IS DISTINCT FROM 'partner'
        AND NOT EXISTS (
            SELECT FROM partner_events e
            WHERE e.partner_id = p.partner_id AND e.external_id = p.external_id AND e.outcome IS NULL)
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

    /** A time of infinity means never. */
    private static final String RECALL = """
      UPDATE verifications v SET due_at = $1
      FROM (SELECT purchase_id FROM verifications
            WHERE due_at > $2 AND due_at < 'infinity' LIMIT $3 FOR UPDATE SKIP LOCKED) far
      WHERE v.purchase_id = far.purchase_id
      """;

    /**
     * Skips rows that another process has locked; a row that it has picked is no longer due. Skips purchases with a parked
     * partner event: the partner's word comes before the verifier's.
     */
    private static final String PICK = """
      WITH mine AS (
          SELECT v.purchase_id
          FROM verifications v
          JOIN purchases p ON p.id = v.purchase_id
          LEFT JOIN LATERAL (
              SELECT true AS parked FROM partner_events e
              WHERE e.partner_id = p.partner_id AND e.external_id = p.external_id AND e.outcome IS NULL LIMIT 1) event
              ON true
          WHERE v.purchase_id = ANY($1) AND v.due_at <= $2 AND event.parked IS NULL
          ORDER BY v.due_at, v.purchase_id FOR UPDATE OF v SKIP LOCKED)
      UPDATE verifications v SET due_at = $3
      FROM mine JOIN purchases p ON p.id = mine.purchase_id
      WHERE v.purchase_id = mine.purchase_id
      RETURNING v.purchase_id, v.attempts, p.user_id, p.merchant_id,
                coalesce(p.corrected_minor, p.amount_minor) AS amount_minor, p.currency
      """;

    /** Applies to rows picked until $2 only: a row whose pick expired and was renewed belongs to another process. */
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
    record Due(UUID purchaseId, UUID userId, UUID merchantId, Instant dueAt, boolean leftToPartner) {}

    /**
     * A purchase that this process alone may verify until its pick expires.
     *
     * @param attempts undecided answers of the verifier so far
     */
    record Picked(Candidate candidate, int attempts) {}

    static final Due BEFORE_ALL = new Due(new UUID(0, 0), new UUID(0, 0), new UUID(0, 0), Instant.EPOCH, false);

    /** The oldest due purchases after a given one. */
    static Future<List<Due>> findDue(Database database, Instant now, Due after, int max) {
        return database.query(
                        FIND_DUE, Arguments.of(now, after.dueAt(), after.purchaseId(), max), VerificationStore::due)
                .map(Rows::list);
    }

    private static Due due(Row row) {
        return new Due(
                row.getUUID("purchase_id"),
                row.getUUID("user_id"),
                row.getUUID("merchant_id"),
                Rows.instant(row, "due_at"),
                row.getBoolean("left_to_partner"));
    }

    /** The purchases that the job decides about, as a transaction sees it that has locked their owners' wallets. */
    static Future<Set<UUID>> findLeftToJob(SqlConnection tx, Collection<UUID> purchaseIds) {
        return tx.preparedQuery(FIND_LEFT_TO_JOB)
                .mapping(row -> row.getUUID("id"))
                .execute(Arguments.of((Object) Arguments.ids(purchaseIds)))
                .map(rows -> Set.copyOf(Rows.list(rows)));
    }

    /** Makes purchases not due while their partners decide about them. */
    static Future<Void> withhold(Database database, Collection<UUID> purchaseIds, Instant now) {
        return purchaseIds.isEmpty()
                ? Future.succeededFuture()
                : database.query(WITHHOLD, Arguments.of(Arguments.ids(purchaseIds), now))
                        .mapEmpty();
    }

    /** Makes purchases due again whose partners no longer decide about them; returns how many. */
    static Future<Integer> release(Database database, Instant dueAt, int max) {
        return database.query(RELEASE, Arguments.of(dueAt, max)).map(RowSet::rowCount);
    }

    /** Makes purchases due that are due later than they can be: a wrong clock put them off. Returns how many. */
    static Future<Integer> recall(Database database, Instant dueAt, Instant farthest, int max) {
        return database.query(RECALL, Arguments.of(dueAt, farthest, max)).map(RowSet::rowCount);
    }

    /** Picks those of the purchases that are still due, until the given time. */
    static Future<List<Picked>> pick(
            Database database, Collection<UUID> purchaseIds, Instant now, Instant pickedUntil) {
        return database.query(
                        PICK,
                        Arguments.of(Arguments.ids(purchaseIds), now, pickedUntil),
                        row -> new Picked(candidate(row), row.getInteger("attempts")))
                .map(Rows::list);
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

    /** Counts an undecided attempt of picked purchases, and makes them due at a later time. */
    static Future<Void> countAttempt(
            Database database, Collection<UUID> purchaseIds, Instant pickedUntil, Instant dueAt) {
        return reschedule(database, COUNT_ATTEMPT, purchaseIds, pickedUntil, dueAt);
    }

    /** Makes picked purchases due at a later time. */
    static Future<Void> postpone(Database database, Collection<UUID> purchaseIds, Instant pickedUntil, Instant dueAt) {
        return reschedule(database, POSTPONE, purchaseIds, pickedUntil, dueAt);
    }

    private static Future<Void> reschedule(
            Database database, String sql, Collection<UUID> purchaseIds, Instant pickedUntil, Instant dueAt) {
        return purchaseIds.isEmpty()
                ? Future.succeededFuture()
                : database.query(sql, Arguments.of(Arguments.ids(purchaseIds), pickedUntil, dueAt))
                        .mapEmpty();
    }
}
