package com.clicknback.partners.deliveries;

import com.clicknback.partners.deliveries.DeliveryLog.Waiting;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import com.clicknback.platform.db.Words;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The SQL of the deliveries that are on record. */
final class DeliveryStore {
    /** Rows that one prune deletes of a partner and kind; the next one goes on. */
    private static final int PRUNE_MAX = 1_000;

    private static final Unnest<Waiting> ROWS = Unnest.of(Waiting.class)
            .uuid("id", w -> w.delivery().id())
            .uuid("partner_id", Waiting::partnerId)
            .timestamptz("received_at", w -> w.delivery().receivedAt())
            .word("outcome", w -> w.delivery().outcome())
            .bool("batch", w -> w.delivery().batch())
            .text("message_id", w -> w.delivery().messageId())
            .text("request_id", w -> w.delivery().requestId())
            .integer("status", w -> w.delivery().status())
            .text("code", w -> w.delivery().code())
            .word("reason", w -> w.delivery().reason())
            .text("external_id", w -> w.delivery().externalId())
            .integer("accepted", w -> w.delivery().accepted())
            .integer("duplicates", w -> w.delivery().duplicates())
            .integer("rejected", w -> w.delivery().rejected())
            .integer("omitted_before", w -> w.delivery().omittedBefore());

    private static final String INSERT = ROWS.into("d", """
            INSERT INTO partner_deliveries (id, partner_id, received_at, outcome, batch, message_id, request_id, status,
                                            code, reason, external_id, accepted, duplicates, rejected, omitted_before)
            SELECT d.id, d.partner_id, d.received_at, d.outcome, d.batch, d.message_id, d.request_id, d.status,
                   d.code, d.reason, d.external_id, d.accepted, d.duplicates, d.rejected, d.omitted_before
            FROM {d}
            """);

    /** Refused ones count apart: a stranger must not push out what the partner itself has sent. */
    private static final String PRUNE = """
            DELETE FROM partner_deliveries d
            USING unnest($1::uuid[]) AS p (id)
            CROSS JOIN (VALUES (true), (false)) AS kind (refused)
            CROSS JOIN LATERAL (
                SELECT k.id
                FROM partner_deliveries k
                WHERE k.partner_id = p.id AND (k.outcome = 'refused') = kind.refused
                ORDER BY k.received_at DESC, k.id DESC
                OFFSET $2 LIMIT $3) old
            WHERE d.id = old.id
            """;

    private DeliveryStore() {}

    static Future<Void> insert(Database database, List<Waiting> deliveries) {
        return database.query(INSERT, ROWS.bind(deliveries)).mapEmpty();
    }

    /** Deletes what is beyond the newest of each kind of the partners. */
    static Future<Void> prune(Database database, List<Waiting> written, int kept) {
        Set<UUID> partners = written.stream().map(Waiting::partnerId).collect(Collectors.toSet());
        return database.query(PRUNE, Arguments.of(Arguments.ids(partners), kept, PRUNE_MAX))
                .mapEmpty();
    }

    static Future<Page<PartnerDelivery>> list(
            Database database, UUID partnerId, @Nullable DeliveryOutcome outcome, PageRequest page) {
        return new ListQuery("d.*", "partner_deliveries d", "d.received_at", "d.id")
                .where("d.partner_id = ?", partnerId)
                .where("d.outcome = ?", outcome == null ? null : Words.of(outcome))
                .fetch(database, page, DeliveryStore::read);
    }

    private static PartnerDelivery read(Row row) {
        return new PartnerDelivery(
                row.getUUID("id"),
                Rows.instant(row, "received_at"),
                Rows.word(row, "outcome", DeliveryOutcome.class),
                row.getBoolean("batch"),
                row.getString("message_id"),
                row.getString("request_id"),
                row.getInteger("status"),
                row.getString("code"),
                row.getString("reason") == null ? null : Rows.word(row, "reason", SignatureFault.class),
                row.getString("external_id"),
                row.getInteger("accepted"),
                row.getInteger("duplicates"),
                row.getInteger("rejected"),
                row.getInteger("omitted_before"));
    }
}
