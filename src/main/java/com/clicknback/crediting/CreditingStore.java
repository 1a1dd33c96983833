package com.clicknback.crediting;

import com.clicknback.ledger.Ledger;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The SQL of the work list of crediting. */
final class CreditingStore {
    /** The shards that users are divided into; the schema's function {@code crediting_shard} agrees. */
    static final int SHARDS = 8;

    /**
     * Locks shards with work until the transaction ends, those with the oldest work first, and bounds its waits. The
     * advisory locks have two keys: a number that stands for crediting, and the shard.
     */
    private static final String LOCK_SHARDS = """
      WITH waiting AS MATERIALIZED (
          SELECT s.shard FROM generate_series(0, 7) AS s (shard)
          CROSS JOIN LATERAL (
              SELECT id FROM crediting_batches WHERE shard = s.shard ORDER BY id LIMIT 1) first
          ORDER BY first.id
      ), locked AS MATERIALIZED (
          SELECT shard FROM waiting WHERE pg_try_advisory_xact_lock(1129465156, shard) LIMIT $1
      )
      SELECT (SELECT count(*)::int FROM waiting) AS waiting, ARRAY(SELECT shard FROM locked) AS locked,
          set_config('lock_timeout', $2, true)
      """;

    /** The oldest batches of each shard, the last one whole; the shard's lock keeps others away from them. */
    private static final String TAKE = """
      DELETE FROM crediting_batches WHERE id IN (
          SELECT counted.id FROM unnest($1::int[]) AS s (shard)
          CROSS JOIN LATERAL (
              SELECT oldest.id, sum(oldest.size) OVER (ORDER BY oldest.id) - oldest.size AS before
              FROM (
                  SELECT id, cardinality(purchase_ids) AS size FROM crediting_batches
                  WHERE shard = s.shard ORDER BY id LIMIT $2) oldest) counted
          WHERE counted.before < $3)
      RETURNING id, purchase_ids, user_ids
      """;

    private static final String FIND_OLDEST = """
      SELECT id, purchase_ids, user_ids FROM crediting_batches WHERE shard = $1 ORDER BY id LIMIT 1
      """;

    private static final String SHRINK = """
      UPDATE crediting_batches SET purchase_ids = purchase_ids[$2:], user_ids = user_ids[$2:] WHERE id = $1
      """;

    private static final String END = "DELETE FROM crediting_batches WHERE id = $1";

    private static final String OLDEST = "SELECT ingested_at FROM crediting_batches ORDER BY id LIMIT 1";

    private static final String IS_CREDITED = "SELECT FROM cashback_credits WHERE purchase_id = $1";

    private static final String SET_ASIDE = """
      INSERT INTO crediting_setbacks AS s (purchase_id, user_id, attempts, failed_at, due_at, reason)
      VALUES ($1, $2, 1, $3, $4, $5)
      ON CONFLICT (purchase_id) DO UPDATE
          SET attempts = s.attempts + 1, failed_at = excluded.failed_at, due_at = excluded.due_at,
              reason = excluded.reason
      """;

    /** One that another process has credited meanwhile is gone, and stays so. */
    private static final String PUT_OFF = """
      UPDATE crediting_setbacks SET attempts = attempts + 1, failed_at = $2, due_at = $3, reason = $4
      WHERE purchase_id = $1
      """;

    /** A setback of the future comes from before the clock was set back: nobody knows how long ago that was. */
    private static final String FIND_DUE_SETBACKS = """
      SELECT purchase_id, user_id, attempts FROM crediting_setbacks
      WHERE due_at <= $1 OR failed_at > $1 + interval '1 hour' ORDER BY due_at LIMIT $2
      """;

    private static final String END_SETBACK = "DELETE FROM crediting_setbacks WHERE purchase_id = $1";

    private static final String COUNT_SETBACKS = """
      SELECT count(*) AS setbacks FROM (SELECT FROM crediting_setbacks LIMIT $1) counted
      """;

    private static final String AWAITS_CREDIT = """
      SELECT EXISTS (SELECT FROM crediting_batches WHERE shard = crediting_shard($1) AND $1 = ANY (user_ids))
          OR EXISTS (SELECT FROM crediting_setbacks WHERE user_id = $1) AS awaits
      """;

    private CreditingStore() {}

    /** The shard of a user. */
    static short shard(UUID userId) {
        return (short) Math.floorMod(userId.getLeastSignificantBits(), SHARDS);
    }

    /**
     * Shards with work.
     *
     * @param waiting how many there are
     * @param locked those that this transaction has locked
     */
    record Shards(int waiting, Integer[] locked) {}

    /** A purchase that is not credited yet, and its owner. */
    record Owed(UUID purchaseId, UUID userId) {}

    /** Purchases of one shard that were ingested together. */
    record Batch(long id, List<Owed> purchases) {
        /** The same with the purchases of some users only. */
        Batch ofUsers(Set<UUID> users) {
            return new Batch(
                    id,
                    purchases.stream()
                            .filter(purchase -> users.contains(purchase.userId()))
                            .toList());
        }
    }

    /** A purchase that was set aside. */
    record Setback(Owed purchase, int attempts) {}

    static Future<Shards> lockShards(SqlConnection tx, int max) {
        return tx.preparedQuery(LOCK_SHARDS)
                .mapping(row -> new Shards(row.getInteger("waiting"), row.getArrayOfIntegers("locked")))
                .execute(Arguments.of(max, Ledger.LOCK_WAIT_MS))
                .map(rows -> rows.iterator().next());
    }

    /**
     * Takes batches off the list, in the order of ingestion.
     *
     * @param batchesMax of each shard
     * @param purchasesMin of each shard, after which no further batch is taken
     */
    static Future<List<Batch>> take(SqlConnection tx, Integer[] shards, int batchesMax, int purchasesMin) {
        return tx.preparedQuery(TAKE)
                .mapping(CreditingStore::batch)
                .execute(Arguments.of(shards, batchesMax, purchasesMin))
                .map(rows -> {
                    List<Batch> batches = Rows.list(rows);
                    batches.sort(Comparator.comparingLong(Batch::id));
                    return batches;
                });
    }

    /** Takes the first purchases, at most so many, of the oldest batch of a shard off the list. */
    static Future<Optional<Batch>> takeFirst(SqlConnection tx, int shard, int max) {
        return tx.preparedQuery(FIND_OLDEST)
                .mapping(CreditingStore::batch)
                .execute(Arguments.of(shard))
                .map(Rows::first)
                .compose(found -> found.isEmpty() ? Future.succeededFuture(found) : shrink(tx, found.get(), max));
    }

    private static Future<Optional<Batch>> shrink(SqlConnection tx, Batch batch, int max) {
        boolean whole = batch.purchases().size() <= max;
        List<Owed> first = whole ? batch.purchases() : batch.purchases().subList(0, max);
        return tx.preparedQuery(whole ? END : SHRINK)
                .execute(whole ? Arguments.of(batch.id()) : Arguments.of(batch.id(), max + 1))
                .map(Optional.of(new Batch(batch.id(), first)));
    }

    private static Batch batch(Row row) {
        UUID[] purchaseIds = row.getArrayOfUUIDs("purchase_ids");
        UUID[] userIds = row.getArrayOfUUIDs("user_ids");
        List<Owed> purchases = new ArrayList<>(purchaseIds.length);
        for (int i = 0; i < purchaseIds.length; i++) {
            purchases.add(new Owed(purchaseIds[i], userIds[i]));
        }
        return new Batch(row.getLong("id"), purchases);
    }

    /** The time of ingestion of the oldest batch; empty when the list is. */
    static Future<Optional<Instant>> oldest(Database database) {
        return database.query(OLDEST, Arguments.of(), row -> Rows.instant(row, "ingested_at"))
                .map(Rows::first);
    }

    static Future<Boolean> isCredited(Database database, UUID purchaseId) {
        return database.query(IS_CREDITED, Arguments.of(purchaseId)).map(rows -> rows.size() > 0);
    }

    static Future<Void> setAside(SqlConnection tx, Owed purchase, Instant now, Instant dueAt, String reason) {
        return tx.preparedQuery(SET_ASIDE)
                .execute(Arguments.of(purchase.purchaseId(), purchase.userId(), now, dueAt, reason))
                .mapEmpty();
    }

    /** The next failure of a purchase that was set aside. */
    static Future<Void> putOff(SqlConnection tx, UUID purchaseId, Instant now, Instant dueAt, String reason) {
        return tx.preparedQuery(PUT_OFF)
                .execute(Arguments.of(purchaseId, now, dueAt, reason))
                .mapEmpty();
    }

    static Future<List<Setback>> findDueSetbacks(Database database, Instant now, int max) {
        return database.query(FIND_DUE_SETBACKS, Arguments.of(now, max), CreditingStore::setback)
                .map(Rows::list);
    }

    private static Setback setback(Row row) {
        return new Setback(new Owed(row.getUUID("purchase_id"), row.getUUID("user_id")), row.getInteger("attempts"));
    }

    static Future<Void> endSetback(SqlConnection tx, UUID purchaseId) {
        return tx.preparedQuery(END_SETBACK).execute(Arguments.of(purchaseId)).mapEmpty();
    }

    static Future<Boolean> awaitsCredit(SqlConnection connection, UUID userId) {
        return connection
                .preparedQuery(AWAITS_CREDIT)
                .execute(Arguments.of(userId))
                .map(rows -> rows.iterator().next().getBoolean("awaits"));
    }

    /** Counts the purchases set aside, up to a bound. */
    static Future<Long> countSetbacks(Database database, int max) {
        return database.query(COUNT_SETBACKS, Arguments.of(max), row -> row.getLong("setbacks"))
                .map(rows -> rows.iterator().next());
    }
}
