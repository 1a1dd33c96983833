package com.clicknback.verification;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import com.clicknback.verification.PurchaseVerifier.Candidate;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of first verifications: batches of purchases that were ingested together. */
final class VerificationBatchStore {
    /** The oldest batches that together hold no more than $4 purchases, but always one; skips batches locked by others. */
    private static final String PICK = """
      WITH oldest AS (
          SELECT id, cardinality(purchase_ids) AS size
          FROM verification_batches
          WHERE due_at <= $1 OR due_at > $5 AND due_at < 'infinity' ORDER BY id LIMIT $3
      ), chosen AS (
          SELECT id FROM (SELECT id, size, sum(size) OVER (ORDER BY id) AS so_far FROM oldest) counted
          WHERE so_far <= $4 OR so_far = size
      ), mine AS (
          SELECT b.id FROM chosen JOIN verification_batches b ON b.id = chosen.id
          WHERE b.due_at <= $1 OR b.due_at > $5 ORDER BY b.id FOR UPDATE OF b SKIP LOCKED)
      UPDATE verification_batches b SET due_at = $2 FROM mine WHERE b.id = mine.id
      RETURNING b.id
      """;

    /** In the order of ingestion, without purchases decided meanwhile. */
    private static final String FIND_PENDING = """
      SELECT p.id AS purchase_id, p.user_id, p.merchant_id, coalesce(p.corrected_minor, p.amount_minor) AS amount_minor,
             p.currency,
             coalesce(partner.confirmed_by = 'partner', false) AS left_to_partner,
             EXISTS (
                 SELECT FROM partner_events e
                 WHERE e.partner_id = p.partner_id AND e.external_id = p.external_id AND e.outcome IS NULL) AS event_parked
      FROM verification_batches b
      CROSS JOIN LATERAL unnest(b.purchase_ids) WITH ORDINALITY AS w (id, place)
      CROSS JOIN LATERAL (SELECT * FROM purchases WHERE id = w.id AND status = 'pending' LIMIT 1) p
      LEFT JOIN partners partner ON partner.id = p.partner_id
      WHERE b.id = ANY($1)
      ORDER BY b.id, w.place
      """;

    private static final Unnest<StillPending> STILL_PENDING = Unnest.of(StillPending.class)
            .uuid("id", StillPending::purchaseId)
            .integer("attempts", StillPending::attempts)
            .timestamptz("due_at", StillPending::dueAt);

    /**
     * Applies to batches picked until $2 only: a batch whose pick expired and was renewed belongs to another process. The
     * shared lock makes a later decision find the row that it has to delete. Purchases that somebody has locked, for a
     * decision in flight or for as long as a forgotten session lasts, go back on the list together, due when the pick ends.
     */
    private static final String END = STILL_PENDING.into("k", """
      WITH ended AS (
          DELETE FROM verification_batches WHERE id = ANY($1) AND due_at = $2 RETURNING purchase_ids
      ), still AS (
          SELECT k.id, k.attempts, k.due_at FROM {k}
          WHERE k.id IN (SELECT unnest(purchase_ids) FROM ended)
      ), free AS (
          SELECT k.attempts, k.due_at, p.*
          FROM still k
          CROSS JOIN LATERAL (
              SELECT id, partner_id, user_id, merchant_id FROM purchases
              WHERE id = k.id AND status = 'pending' ORDER BY id LIMIT 1 FOR SHARE SKIP LOCKED) p
      ), listed AS (
          INSERT INTO verifications (purchase_id, partner_id, user_id, merchant_id, attempts, due_at)
          SELECT id, partner_id, user_id, merchant_id, attempts, due_at FROM free
          ON CONFLICT (purchase_id) DO NOTHING
      )
      INSERT INTO verification_batches (purchase_ids, due_at)
      SELECT array_agg(k.id ORDER BY k.id), $2
      FROM still k
      CROSS JOIN LATERAL (
          SELECT id FROM purchases WHERE id = k.id AND status = 'pending' ORDER BY id LIMIT 1) p
      WHERE k.id NOT IN (SELECT id FROM free)
      HAVING count(*) > 0
      """);

    private VerificationBatchStore() {}

    /**
     * A purchase before its first attempt.
     *
     * @param leftToPartner its partner decides, so it is not to be verified
     * @param eventParked its partner has reported an event about it, which comes before the verifier's word
     */
    record FirstAttempt(Candidate candidate, boolean leftToPartner, boolean eventParked) {}

    /**
     * A purchase that stays pending after its first attempt.
     *
     * @param dueAt null while its partner decides
     */
    record StillPending(
            UUID purchaseId, int attempts, @Nullable Instant dueAt) {}

    /**
     * Picks due batches for this process alone until the given time, and returns their ids.
     *
     * @param batchesMax bounds the reads of small batches
     * @param purchasesMax of all the batches picked, unless the oldest holds more by itself
     * @param farthest a batch that is due later was put off by a wrong clock, and is due
     */
    static Future<List<Long>> pick(
            Database database, Instant now, Instant pickedUntil, int batchesMax, int purchasesMax, Instant farthest) {
        return database.query(
                        PICK,
                        Arguments.of(now, pickedUntil, batchesMax, purchasesMax, farthest),
                        row -> row.getLong("id"))
                .map(Rows::list);
    }

    static Future<List<FirstAttempt>> findPending(Database database, List<Long> batchIds) {
        return database.query(
                        FIND_PENDING,
                        Arguments.of((Object) batchIds.toArray(Long[]::new)),
                        row -> new FirstAttempt(
                                VerificationStore.candidate(row),
                                row.getBoolean("left_to_partner"),
                                row.getBoolean("event_parked")))
                .map(Rows::list);
    }

    /** Takes picked batches off the list and puts on it, one by one, those of their purchases that stay pending. */
    static Future<Void> end(
            Database database, List<Long> batchIds, Instant pickedUntil, List<StillPending> stillPending) {
        return database.inTransaction(tx -> tx.preparedQuery(END)
                        .execute(STILL_PENDING.bind(stillPending, batchIds.toArray(Long[]::new), pickedUntil)))
                .mapEmpty();
    }
}
