package com.clicknback.partnerevents;

import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Words;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL that lists the events of partners. */
final class RecordedEventStore {
    /** The expression of an index, which serves the outcomes that are few among many. */
    private static final String NOT_APPLIED =
            "CASE WHEN e.outcome IS NULL THEN 'parked' WHEN e.outcome = 'expired' THEN 'expired' ELSE 'refused' END";

    private static final String COLUMNS = """
      e.id, e.external_id, e.kind, e.refund_id, e.correction_id, e.amount_minor, e.reason, e.occurred_at, e.received_at,
      e.cause, e.outcome, e.refusal, e.settled_at,
      (SELECT p.id FROM purchases p WHERE p.partner_id = e.partner_id AND p.external_id = e.external_id) AS purchase_id
      """;

    private static final String APPLIED = "applied";
    private static final String EXPIRED = "expired";

    private RecordedEventStore() {}

    static Future<Page<RecordedEvent>> list(
            Database database, UUID partnerId, @Nullable EventOutcome outcome, PageRequest page) {
        ListQuery events = new ListQuery(COLUMNS, "partner_events e", "e.received_at", "e.id")
                .where("e.partner_id = ?", partnerId);
        if (outcome == EventOutcome.APPLIED) {
            events.where("e.outcome = ?", APPLIED);
        } else if (outcome != null) {
            events.where("e.outcome IS DISTINCT FROM 'applied'").where(NOT_APPLIED + " = ?", Words.of(outcome));
        }
        return events.fetch(database, page, RecordedEventStore::read);
    }

    private static RecordedEvent read(Row row) {
        String stored = row.getString("outcome");
        EventOutcome outcome = outcome(stored);
        PartnerEvent.Kind kind = Rows.word(row, "kind", PartnerEvent.Kind.class);
        return new RecordedEvent(
                row.getUUID("id"),
                "purchase." + Words.of(kind),
                row.getString("external_id"),
                row.getUUID("purchase_id"),
                row.getString("refund_id"),
                row.getString("correction_id"),
                Rows.moneyOrNull(row, "amount_minor"),
                row.getString("reason"),
                Rows.instant(row, "occurred_at"),
                Rows.instant(row, "received_at"),
                row.getString("cause"),
                outcome,
                outcome == EventOutcome.REFUSED ? stored : null,
                row.getString("refusal"),
                Rows.instantOrNull(row, "settled_at"));
    }

    private static EventOutcome outcome(@Nullable String stored) {
        if (stored == null) {
            return EventOutcome.PARKED;
        }
        return switch (stored) {
            case APPLIED -> EventOutcome.APPLIED;
            case EXPIRED -> EventOutcome.EXPIRED;
            default -> EventOutcome.REFUSED;
        };
    }
}
