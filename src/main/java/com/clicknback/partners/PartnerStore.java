package com.clicknback.partners;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The SQL of partners and their secrets. */
final class PartnerStore {
    private static final String INSERT = """
            INSERT INTO partners (id, name, active, confirmed_by, created_at)
            VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String FIND = """
            SELECT id, name, active, confirmed_by, created_at
            FROM partners
            WHERE id = $1
            """;

    /** Keeps others from changing the partner or its secrets, but not the ingestion, which refers to its key only. */
    private static final String LOCK = """
            SELECT id, name, active, confirmed_by, created_at
            FROM partners
            WHERE id = $1
            FOR NO KEY UPDATE
            """;

    private static final String SET_ACTIVE = """
            UPDATE partners
            SET active = $2
            WHERE id = $1
            """;

    private static final String SET_CONFIRMED_BY = """
            UPDATE partners
            SET confirmed_by = $2
            WHERE id = $1
            """;

    private static final String INSERT_SECRET = """
            INSERT INTO partner_secrets (id, partner_id, secret, created_at)
            VALUES ($1, $2, $3, $4)
            """;

    private static final String COUNT_SECRETS = """
            SELECT count(*)
            FROM partner_secrets
            WHERE partner_id = $1
            """;

    private static final String DELETE_SECRET = """
            DELETE FROM partner_secrets
            WHERE partner_id = $1 AND id = $2
            """;

    private static final String KEYS_OF_ACTIVE = """
            SELECT s.partner_id, s.secret
            FROM partner_secrets s
            JOIN partners p ON p.id = s.partner_id
            WHERE s.partner_id = ANY ($1) AND p.active
            """;

    private PartnerStore() {}

    static Future<Void> insert(SqlConnection tx, Partner partner) {
        Tuple arguments = Tuple.of(
                partner.id(),
                partner.name(),
                partner.active(),
                partner.confirmedBy().wireName(),
                partner.createdAt().atOffset(ZoneOffset.UTC));
        return tx.preparedQuery(INSERT).execute(arguments).mapEmpty();
    }

    static Future<Page<Partner>> page(Database database, PageRequest page) {
        return new ListQuery(
                        "p.id, p.name, p.active, p.confirmed_by, p.created_at", "partners p", "p.created_at", "p.id")
                .fetch(database, page, PartnerStore::partner);
    }

    static Future<Optional<Partner>> find(Database database, UUID id) {
        return database.query(FIND, Tuple.of(id)).map(PartnerStore::first);
    }

    /** Serializes the changes of one partner and its secrets until the transaction ends. */
    static Future<Optional<Partner>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(PartnerStore::first);
    }

    static Future<Void> setActive(SqlConnection tx, UUID id, boolean active) {
        return tx.preparedQuery(SET_ACTIVE).execute(Tuple.of(id, active)).mapEmpty();
    }

    static Future<Void> setConfirmedBy(SqlConnection tx, UUID id, ConfirmedBy confirmedBy) {
        return tx.preparedQuery(SET_CONFIRMED_BY)
                .execute(Tuple.of(id, confirmedBy.wireName()))
                .mapEmpty();
    }

    static Future<Void> insertSecret(SqlConnection tx, UUID partnerId, NewPartnerSecret added) {
        Tuple arguments = Tuple.tuple()
                .addUUID(added.id())
                .addUUID(partnerId)
                .addBuffer(added.secret().key())
                .addOffsetDateTime(added.createdAt().atOffset(ZoneOffset.UTC));
        return tx.preparedQuery(INSERT_SECRET).execute(arguments).mapEmpty();
    }

    static Future<Long> countSecrets(SqlConnection tx, UUID partnerId) {
        return tx.preparedQuery(COUNT_SECRETS)
                .execute(Tuple.of(partnerId))
                .map(counted -> counted.iterator().next().getLong(0));
    }

    static Future<Page<PartnerSecret>> pageOfSecrets(Database database, UUID partnerId, PageRequest page) {
        return new ListQuery("s.id, s.created_at", "partner_secrets s", "s.created_at", "s.id")
                .where("s.partner_id = ?", partnerId)
                .fetch(database, page, PartnerStore::secret);
    }

    /** False when the partner has no such secret. */
    static Future<Boolean> deleteSecret(SqlConnection tx, UUID partnerId, UUID secretId) {
        return tx.preparedQuery(DELETE_SECRET)
                .execute(Tuple.of(partnerId, secretId))
                .map(deleted -> deleted.rowCount() == 1);
    }

    /** The secrets of those of the partners that are active and have any. */
    static Future<Map<UUID, List<WebhookSecret>>> keysOfActive(Database database, Set<UUID> partnerIds) {
        Tuple arguments = Tuple.tuple().addArrayOfUUID(partnerIds.toArray(UUID[]::new));
        return database.query(KEYS_OF_ACTIVE, arguments).map(rows -> {
            Map<UUID, List<WebhookSecret>> keys = new HashMap<>();
            for (Row row : rows) {
                keys.computeIfAbsent(row.getUUID("partner_id"), id -> new ArrayList<>())
                        .add(WebhookSecret.ofKey(row.getBuffer("secret").getBytes()));
            }
            return keys;
        });
    }

    private static Optional<Partner> first(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(partner(rows.iterator().next()));
    }

    private static Partner partner(Row row) {
        return new Partner(
                row.getUUID("id"),
                row.getString("name"),
                row.getBoolean("active"),
                ConfirmedBy.ofWireName(row.getString("confirmed_by")),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static PartnerSecret secret(Row row) {
        return new PartnerSecret(
                row.getUUID("id"), row.getOffsetDateTime("created_at").toInstant());
    }
}
