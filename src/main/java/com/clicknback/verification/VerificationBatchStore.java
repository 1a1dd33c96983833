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
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of first verifications: batches of purchases that were ingested together. */
final class VerificationBatchStore {
    /** The oldest batches that together hold no more than $4 purchases, but always one; what others hold is skipped. */
    private static final String CLAIM = """
      WITH oldest AS (
          SELECT id, cardinality(purchase_ids) AS size
          FROM verification_batches WHERE due_at <= $1 ORDER BY id LIMIT $3
      ), chosen AS (
          SELECT id FROM (SELECT id, size, sum(size) OVER (ORDER BY id) AS so_far FROM oldest) counted
          WHERE so_far <= $4 OR so_far = size
      ), mine AS (
          SELECT b.id FROM chosen JOIN verification_batches b ON b.id = chosen.id
          WHERE b.due_at <= $1 ORDER BY b.id FOR UPDATE OF b SKIP LOCKED)
      UPDATE verification_batches b SET due_at = $2 FROM mine WHERE b.id = mine.id
      RETURNING b.id
      """;

    /** In the order of ingestion; what has been decided meanwhile is left out. */
    private static final String FIND_PENDING = """
      SELECT p.id AS purchase_id, p.user_id, p.merchant_id, p.amount_minor, p.currency,
             coalesce(partner.confirmed_by = 'partner', false) AS left_to_partner,
             EXISTS (
                 SELECT FROM partner_events e
                 WHERE e.partner_id = p.partner_id AND e.external_id = p.external_id AND e.outcome IS NULL) AS told
      FROM verification_batches b
      CROSS JOIN LATERAL unnest(b.purchase_ids) WITH ORDINALITY AS w (id, place)
      CROSS JOIN LATERAL (SELECT * FROM purchases WHERE id = w.id AND status = 'pending' LIMIT 1) p
      LEFT JOIN partners partner ON partner.id = p.partner_id
      WHERE b.id = ANY($1)
      ORDER BY b.id, w.place
      """;

    /**
     * Only under the claim that lapses at $2: what lapsed and was claimed anew is another's. The shared lock waits for a
     * decision under way, and makes one that comes later find the row that it has to delete.
     */
    private static final String END = """
      WITH ended AS (
          DELETE FROM verification_batches WHERE id = ANY($1) AND due_at = $2 RETURNING purchase_ids
      ), still AS (
          SELECT unnest(purchase_ids) AS id FROM ended
      )
      INSERT INTO verifications (purchase_id, partner_id, user_id, merchant_id, attempts, due_at)
      SELECT p.id, p.partner_id, p.user_id, p.merchant_id, k.attempts, k.due_at
      FROM unnest($3::uuid[], $4::smallint[], $5::timestamptz[]) AS k (id, attempts, due_at)
      CROSS JOIN LATERAL (
          SELECT * FROM purchases WHERE id = k.id AND status = 'pending' ORDER BY id LIMIT 1 FOR SHARE) p
      WHERE k.id IN (SELECT id FROM still)
      """;

    private VerificationBatchStore() {}

    /**
     * A purchase that has not been verified before.
     *
     * @param leftToPartner its partner decides, so it is not to be verified
     * @param told its partner has told something about it that comes before what the verifier says
     */
    record Fresh(Candidate candidate, boolean leftToPartner, boolean told) {}

    /**
     * A purchase that stays pending.
     *
     * @param dueAt null while its partner decides
     */
    record Kept(UUID purchaseId, int attempts, @Nullable Instant dueAt) {}

    /**
     * Claims batches for this process alone and answers their ids.
     *
     * @param batchesMax bounds what is read of small batches
     * @param purchasesMax of all the batches claimed, unless the oldest holds more by itself
     */
    static Future<List<Long>> claim(
            Database database, Instant now, Instant lapsesAt, int batchesMax, int purchasesMax) {
        return database.query(CLAIM, Tuple.of(utc(now), utc(lapsesAt), batchesMax, purchasesMax))
                .map(rows -> {
                    List<Long> ids = new ArrayList<>(rows.size());
                    rows.forEach(row -> ids.add(row.getLong("id")));
                    return ids;
                });
    }

    static Future<List<Fresh>> findPending(Database database, List<Long> batchIds) {
        return database.query(FIND_PENDING, Tuple.tuple().addArrayOfLong(batchIds.toArray(Long[]::new)))
                .map(VerificationBatchStore::fresh);
    }

    private static List<Fresh> fresh(RowSet<Row> rows) {
        List<Fresh> fresh = new ArrayList<>(rows.size());
        for (Row row : rows) {
            fresh.add(new Fresh(
                    VerificationStore.candidate(row), row.getBoolean("left_to_partner"), row.getBoolean("told")));
        }
        return fresh;
    }

    /** Under a claim: takes the batches off the list and puts on it, one by one, those of their purchases that stay. */
    static Future<Void> end(Database database, List<Long> batchIds, Instant lapsesAt, List<Kept> kept) {
        Tuple arguments = Tuple.tuple()
                .addArrayOfLong(batchIds.toArray(Long[]::new))
                .addOffsetDateTime(utc(lapsesAt))
                .addArrayOfUUID(kept.stream().map(Kept::purchaseId).toArray(UUID[]::new))
                .addArrayOfShort(kept.stream().map(k -> (short) k.attempts()).toArray(Short[]::new))
                .addArrayOfOffsetDateTime(kept.stream()
                        .map(k -> k.dueAt() == null ? null : utc(k.dueAt()))
                        .toArray(OffsetDateTime[]::new));
        return database.inTransaction(tx -> tx.preparedQuery(END).execute(arguments))
                .mapEmpty();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
