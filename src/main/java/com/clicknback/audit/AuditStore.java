package com.clicknback.audit;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.TimeOrderedIds;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/** The SQL of the audit log. */
final class AuditStore {
    private static final String INSERT = """
      INSERT INTO audit_log
          (id, occurred_at, actor_type, actor_id, action, resource_type, resource_id, outcome, details, cause)
      SELECT e.id, $1, e.actor_type, e.actor_id, e.action, e.resource_type, e.resource_id, 'success',
             e.details::jsonb, e.cause
      FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
           AS e (id, actor_type, actor_id, action, resource_type, resource_id, details, cause)
      """;

    private static final String COLUMNS = """
            a.id, a.occurred_at, a.actor_type, a.actor_id, a.action, a.resource_type, a.resource_id, a.outcome,
            a.details\
            """;

    private static final String FIND_CHANGES = """
      SELECT a.occurred_at, a.actor_type, a.actor_id, a.cause, a.action, a.details
      FROM audit_log a
      WHERE a.resource_type = $1 AND a.resource_id = $2 AND a.action = ANY($3)
      ORDER BY a.occurred_at, a.id
      """;

    private AuditStore() {}

    static Future<Void> insert(SqlConnection tx, List<AuditEntry> entries, TimeOrderedIds ids, Instant now) {
        int count = entries.size();
        UUID[] rowIds = new UUID[count];
        String[] actorTypes = new String[count];
        UUID[] actorIds = new UUID[count];
        String[] actions = new String[count];
        String[] resourceTypes = new String[count];
        String[] resourceIds = new String[count];
        String[] details = new String[count];
        String[] causes = new String[count];
        for (int i = 0; i < count; i++) {
            AuditEntry entry = entries.get(i);
            rowIds[i] = ids.next();
            actorTypes[i] = entry.actor().type().name().toLowerCase(Locale.ROOT);
            actorIds[i] = entry.actor().id();
            actions[i] = entry.action().name();
            resourceTypes[i] = entry.resourceType();
            resourceIds[i] = entry.resourceId();
            details[i] = new JsonObject(new LinkedHashMap<>(entry.details())).encode();
            causes[i] = entry.actor().cause();
        }
        Tuple arguments = Tuple.of(now.atOffset(ZoneOffset.UTC))
                .addArrayOfUUID(rowIds)
                .addArrayOfString(actorTypes)
                .addArrayOfUUID(actorIds)
                .addArrayOfString(actions)
                .addArrayOfString(resourceTypes)
                .addArrayOfString(resourceIds)
                .addArrayOfString(details)
                .addArrayOfString(causes);
        return tx.preparedQuery(INSERT).execute(arguments).mapEmpty();
    }

    static Future<Page<AuditRecord>> list(Database database, ListAuditLogs wanted) {
        return new ListQuery(COLUMNS, "audit_log a", "a.occurred_at", "a.id")
                .where("a.actor_id = ?", wanted.actorId())
                .where("a.action = ?", wanted.action())
                .where("a.resource_type = ?", wanted.resourceType())
                .where("a.resource_id = ?", wanted.resourceId())
                .between(wanted.startDate(), wanted.endDate())
                .fetch(database, wanted.page(), AuditStore::read);
    }

    private static AuditRecord read(Row row) {
        return new AuditRecord(
                row.getUUID("id"),
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getString("actor_type"),
                row.getUUID("actor_id"),
                row.getString("action"),
                row.getString("resource_type"),
                row.getString("resource_id"),
                row.getString("outcome"),
                row.getJsonObject("details").getMap());
    }

    static Future<List<AuditedChange>> findChanges(
            SqlConnection connection, String resourceType, String resourceId, Set<AuditAction> actions) {
        String[] names = actions.stream().map(Enum::name).toArray(String[]::new);
        return connection
                .preparedQuery(FIND_CHANGES)
                .execute(Tuple.of(resourceType, resourceId).addArrayOfString(names))
                .map(rows -> {
                    List<AuditedChange> changes = new ArrayList<>(rows.size());
                    rows.forEach(row -> changes.add(change(row)));
                    return changes;
                });
    }

    private static AuditedChange change(Row row) {
        Actor actor = new Actor(
                Actor.Type.valueOf(row.getString("actor_type").toUpperCase(Locale.ROOT)),
                row.getUUID("actor_id"),
                row.getString("cause"));
        return new AuditedChange(
                row.getOffsetDateTime("occurred_at").toInstant(),
                actor,
                AuditAction.valueOf(row.getString("action")),
                row.getJsonObject("details").getMap());
    }
}
