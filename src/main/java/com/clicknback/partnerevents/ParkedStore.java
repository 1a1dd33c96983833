package com.clicknback.partnerevents;

import com.clicknback.events.PurchaseKey;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that keeps the number of parked events: how their wait begins, how it is put off, and how it ends. */
final class ParkedStore {
    /** An event that is counted already changes nothing. Of parallel senders, the later one sees the former's count. */
    private static final String COUNT = """
      WITH counted AS (
          UPDATE partner_events SET counted = true WHERE id = $1 AND outcome IS NULL AND NOT counted
          RETURNING partner_id
      ), raised AS (
          INSERT INTO parked_counts AS c (partner_id, parked) SELECT partner_id, 1 FROM counted
          ON CONFLICT (partner_id) DO UPDATE SET parked = c.parked + 1 WHERE c.parked < $2
          RETURNING partner_id
      )
      SELECT (SELECT count(*) FROM counted) = (SELECT count(*) FROM raised) AS within_maximum
      """;

    private static final Unnest<Settled> SETTLED = Unnest.of(Settled.class)
            .uuid("id", Settled::id)
            .text("outcome", Settled::outcome)
            .text("refusal", Settled::refusal)
            .bool("effective", Settled::effective)
            .timestamptz("settled_at", Settled::at);

    /**
     * Locks the events before it looks whether they are counted, and the counts of several partners in one order. A count
     * that somebody has tampered with must not hold up money; the check of the books tells of it.
     */
    private static final String SETTLE = SETTLED.into("s", """
      WITH known AS (
          SELECT e.id, e.partner_id, e.counted, s.outcome, s.refusal, s.effective, s.settled_at
          FROM partner_events e JOIN {s} ON s.id = e.id
          FOR UPDATE OF e
      ), settled AS (
          UPDATE partner_events e
          SET outcome = k.outcome, refusal = k.refusal, effective = k.effective, settled_at = k.settled_at,
              expired_at = CASE k.outcome WHEN 'expired' THEN k.settled_at END, counted = false
          FROM known k WHERE e.id = k.id
      ), freed AS (
          SELECT partner_id, count(*) AS events FROM known WHERE counted GROUP BY partner_id
      ), locked AS (
          SELECT c.partner_id, f.events FROM parked_counts c JOIN freed f ON f.partner_id = c.partner_id
          ORDER BY c.partner_id FOR UPDATE OF c
      )
      UPDATE parked_counts c SET parked = greatest(c.parked - l.events, 0) FROM locked l
      WHERE c.partner_id = l.partner_id
      """);

    /** An event whose purchase has just arrived is left to the follower. Other processes take other events. */
    private static final String CLAIM_DUE = """
      SELECT id, partner_id, external_id, kind, reason, refund_id, correction_id, amount_minor, occurred_at, cause
      FROM partner_events e
      WHERE counted AND received_at <= $1
        AND NOT EXISTS (
            SELECT FROM purchases p WHERE p.partner_id = e.partner_id AND p.external_id = e.external_id)
      ORDER BY received_at LIMIT $2
      FOR UPDATE OF e SKIP LOCKED
      """;

    private static final String DELETE_EXPIRED = """
      DELETE FROM partner_events WHERE id IN (
          SELECT id FROM partner_events WHERE outcome = 'expired' AND expired_at <= $1
          ORDER BY expired_at LIMIT $2 FOR UPDATE SKIP LOCKED)
      """;

    private static final String SET_ASIDE = """
      UPDATE partner_events SET set_aside_at = $3 WHERE partner_id = $1 AND external_id = $2 AND outcome IS NULL
      """;

    private static final String COUNT_SET_ASIDE = """
      SELECT count(*) AS events
      FROM (SELECT FROM partner_events WHERE set_aside_at IS NOT NULL AND outcome IS NULL LIMIT $1) s
      """;

    /** Other processes bring back other events. */
    private static final String BRING_BACK = """
      WITH due AS (
          SELECT id FROM partner_events WHERE set_aside_at <= $1
          ORDER BY set_aside_at LIMIT $2 FOR UPDATE SKIP LOCKED
      )
      UPDATE partner_events e SET set_aside_at = NULL FROM due WHERE e.id = due.id
      RETURNING e.partner_id, e.external_id
      """;

    private ParkedStore() {}

    /**
     * The end of an event's wait.
     *
     * @param outcome applied, expired, or the code of its refusal
     * @param refusal why it had no effect, as a sentence; null when it was applied
     * @param effective true when it changed the purchase
     */
    record Settled(UUID id, String outcome, @Nullable String refusal, boolean effective, Instant at) {}

    /** A parked event that has waited for too long. */
    record Due(UUID id, PartnerEvent event) {}

    /** Counts an event as waiting; false when its partner has as many as it may have. */
    static Future<Boolean> count(SqlConnection tx, UUID eventId, int max) {
        return tx.preparedQuery(COUNT)
                .execute(Arguments.of(eventId, (long) max))
                .map(rows -> rows.iterator().next().getBoolean("within_maximum"));
    }

    /** Writes outcomes, and takes the events off the counts of their partners. */
    static Future<Void> settle(SqlConnection tx, List<Settled> settled) {
        return tx.preparedQuery(SETTLE).execute(SETTLED.bind(settled)).mapEmpty();
    }

    /** Locks events that were parked at this time or before. */
    static Future<List<Due>> claimDue(SqlConnection tx, Instant parkedUntil, int max) {
        return tx.preparedQuery(CLAIM_DUE)
                .mapping(row -> new Due(row.getUUID("id"), PartnerEventStore.event(row)))
                .execute(Arguments.of(parkedUntil, max))
                .map(Rows::list);
    }

    /** Deletes events that expired at this time or before; returns their number. */
    static Future<Integer> deleteExpired(Database database, Instant expiredUntil, int max) {
        return database.query(DELETE_EXPIRED, Arguments.of(expiredUntil, max)).map(rows -> rows.rowCount());
    }

    /** Lets the follower pass over what is parked for a purchase. */
    static Future<Void> setAside(Database database, PurchaseKey key, Instant now) {
        return database.query(SET_ASIDE, Arguments.of(key.partnerId(), key.externalId(), now))
                .mapEmpty();
    }

    /** Counts the events that the follower passes over, up to a bound. */
    static Future<Long> countSetAside(Database database, int max) {
        return database.query(COUNT_SET_ASIDE, Arguments.of(max), row -> row.getLong("events"))
                .map(rows -> rows.iterator().next());
    }

    /** Ends that for some events that were set aside at this time or before; brings their purchases. */
    static Future<List<PurchaseKey>> bringBack(SqlConnection tx, Instant setAsideUntil, int max) {
        return tx.preparedQuery(BRING_BACK)
                .mapping(row -> new PurchaseKey(row.getUUID("partner_id"), row.getString("external_id")))
                .execute(Arguments.of(setAsideUntil, max))
                .map(rows -> Rows.list(rows).stream().distinct().toList());
    }
}
