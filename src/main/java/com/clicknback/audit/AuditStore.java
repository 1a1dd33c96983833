package com.clicknback.audit;

import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** The SQL of the audit log. */
final class AuditStore {
    private record NewRow(UUID id, StoredActor actor, AuditEntry entry) {
        /** The details as JSON. */
        String details() {
            return new JsonObject(new LinkedHashMap<>(entry.details())).encode();
        }
    }

    private static final Unnest<NewRow> NEW_ROWS = Unnest.of(NewRow.class)
            .uuid("id", NewRow::id)
            .word("actor_type", row -> row.actor().type())
            .uuid("actor_id", row -> row.actor().id())
            .text("action", row -> row.entry().action().name())
            .text("resource_type", row -> row.entry().resourceType())
            .text("resource_id", row -> row.entry().resourceId())
            .text("details", NewRow::details)
            .text("cause", row -> row.actor().cause());

    private static final String INSERT = NEW_ROWS.into("e", """
            INSERT INTO audit_log
                (id, occurred_at, actor_type, actor_id, action, resource_type, resource_id, outcome, details, cause)
            SELECT e.id, $1, e.actor_type, e.actor_id, e.action, e.resource_type, e.resource_id, 'success',
                   e.details::jsonb, e.cause
            FROM {e}
            """);

    private static final String COLUMNS = """
            a.id, a.occurred_at, a.actor_type, a.actor_id, a.action, a.resource_type, a.resource_id, a.outcome,
            a.details\
            """;

    /**
     * Behind a column, it keeps plans to the index of the resource: without statistics, those of actions and types look as
     * good.
     */
    private static final String OFF_INDEX = " || ''";

    private static final String FIND_CHANGES = """
            SELECT a.occurred_at, a.actor_type, a.actor_id, a.cause, a.action, a.details
            FROM audit_log a
            WHERE a.resource_type{off} = $1 AND a.resource_id = $2 AND a.action{off} = ANY($3)
            ORDER BY a.occurred_at, a.id LIMIT $4
            """.replace("{off}", OFF_INDEX);

    private static final String PURCHASE = "purchase";
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** One row tells of the credits of a whole batch; each credit names it. */
    private static final String ID_OR_BATCH = """
            a.resource_id = ANY (ARRAY[
                ?::text, (SELECT c.batch_id::text FROM cashback_credits c WHERE c.purchase_id = ?::text::uuid)])\
            """;

    private AuditStore() {}

    /** Writes all entries in one statement. */
    static Future<Void> insert(SqlConnection tx, List<AuditEntry> entries, TimeOrderedIds ids, Instant now) {
        List<NewRow> rows = entries.stream()
                .map(entry -> new NewRow(ids.next(), StoredActor.of(entry.actor()), entry))
                .toList();
        return tx.preparedQuery(INSERT).execute(NEW_ROWS.bind(rows, now)).mapEmpty();
    }

    static Future<Page<AuditRecord>> list(Database database, AuditLogs.List wanted) {
        boolean mayBePurchase = wanted.resourceId() != null
                && UUID_TEXT.matcher(wanted.resourceId()).matches()
                && (wanted.resourceType() == null || wanted.resourceType().equals(PURCHASE));
        String besideId = wanted.resourceId() == null ? "" : OFF_INDEX;
        return new ListQuery(COLUMNS, "audit_log a", "a.occurred_at", "a.id")
                .where("a.actor_id = ?", wanted.actorId())
                .where("a.action" + besideId + " = ?", wanted.action())
                .where(
                        "a.resource_type" + besideId + (mayBePurchase ? " = ANY (ARRAY[?, 'cashback_batch'])" : " = ?"),
                        wanted.resourceType())
                .where(mayBePurchase ? ID_OR_BATCH : "a.resource_id = ?", wanted.resourceId())
                .between(wanted.startDate(), wanted.endDate())
                .fetch(database, wanted.page(), AuditStore::read);
    }

    private static AuditRecord read(Row row) {
        return new AuditRecord(
                row.getUUID("id"),
                Rows.instant(row, "occurred_at"),
                row.getString("actor_type"),
                row.getUUID("actor_id"),
                row.getString("action"),
                row.getString("resource_type"),
                row.getString("resource_id"),
                row.getString("outcome"),
                row.getJsonObject("details").getMap());
    }

    static Future<List<AuditedChange>> findChanges(
            SqlConnection connection, String resourceType, String resourceId, Set<AuditAction> actions, int max) {
        String[] names = actions.stream().map(Enum::name).toArray(String[]::new);
        return connection
                .preparedQuery(FIND_CHANGES)
                .mapping(AuditStore::change)
                .execute(Arguments.of(resourceType, resourceId, names, max))
                .map(Rows::list);
    }

    private static AuditedChange change(Row row) {
        StoredActor actor = new StoredActor(
                Rows.word(row, "actor_type", Actor.Type.class), row.getUUID("actor_id"), row.getString("cause"));
        return new AuditedChange(
                Rows.instant(row, "occurred_at"),
                actor.toActor(),
                AuditAction.valueOf(row.getString("action")),
                row.getJsonObject("details").getMap());
    }
}
