package com.clicknback.partners;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.db.Rows;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** Blocks other changes of the partner and its secrets, but not inserts of purchases that refer to its key. */
    private static final String LOCK = FIND + "FOR NO KEY UPDATE";

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

    /** A row for each secret of an active partner; one without a secret for a partner that has none or is inactive. */
    private static final String FIND_KEYS = """
            SELECT p.id, p.active, s.secret
            FROM partners p
            LEFT JOIN partner_secrets s ON s.partner_id = p.id AND p.active
            WHERE p.id = ANY ($1)
            """;

    private PartnerStore() {}

    static Future<Void> insert(SqlConnection tx, Partner partner) {
        return tx.preparedQuery(INSERT)
                .execute(Arguments.of(
                        partner.id(), partner.name(), partner.active(), partner.confirmedBy(), partner.createdAt()))
                .mapEmpty();
    }

    static Future<Page<Partner>> list(Database database, PageRequest page) {
        return new ListQuery(
                        "p.id, p.name, p.active, p.confirmed_by, p.created_at", "partners p", "p.created_at", "p.id")
                .fetch(database, page, PartnerStore::readPartner);
    }

    static Future<Optional<Partner>> find(Database database, UUID id) {
        return database.query(FIND, Tuple.of(id), PartnerStore::readPartner).map(Rows::first);
    }

    /** Serializes the changes of one partner and its secrets until the transaction ends. */
    static Future<Optional<Partner>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK)
                .mapping(PartnerStore::readPartner)
                .execute(Tuple.of(id))
                .map(Rows::first);
    }

    static Future<Void> setActive(SqlConnection tx, UUID id, boolean active) {
        return tx.preparedQuery(SET_ACTIVE).execute(Tuple.of(id, active)).mapEmpty();
    }

    static Future<Void> setConfirmedBy(SqlConnection tx, UUID id, ConfirmedBy confirmedBy) {
        return tx.preparedQuery(SET_CONFIRMED_BY)
                .execute(Arguments.of(id, confirmedBy))
                .mapEmpty();
    }

    static Future<Void> insertSecret(SqlConnection tx, UUID partnerId, NewPartnerSecret added) {
        return tx.preparedQuery(INSERT_SECRET)
                .execute(Arguments.of(added.id(), partnerId, added.secret().key(), added.createdAt()))
                .mapEmpty();
    }

    static Future<Long> countSecrets(SqlConnection tx, UUID partnerId) {
        return tx.preparedQuery(COUNT_SECRETS)
                .execute(Tuple.of(partnerId))
                .map(counted -> counted.iterator().next().getLong(0));
    }

    static Future<Page<PartnerSecret>> listSecrets(Database database, UUID partnerId, PageRequest page) {
        return new ListQuery("s.id, s.created_at", "partner_secrets s", "s.created_at", "s.id")
                .where("s.partner_id = ?", partnerId)
                .fetch(database, page, PartnerStore::readSecret);
    }

    /** False when the partner has no such secret. */
    static Future<Boolean> deleteSecret(SqlConnection tx, UUID partnerId, UUID secretId) {
        return tx.preparedQuery(DELETE_SECRET)
                .execute(Tuple.of(partnerId, secretId))
                .map(deleted -> deleted.rowCount() == 1);
    }

    /** The keys by partner; a partner that does not exist is missing. */
    static Future<Map<UUID, Partners.Keys>> findKeys(Database database, Set<UUID> partnerIds) {
        return database.query(FIND_KEYS, Tuple.of(Arguments.ids(partnerIds)), PartnerStore::readKey)
                .map(keys -> Rows.list(keys).stream()
                        .collect(Collectors.toMap(Key::partnerId, Key::alone, PartnerStore::together)));
    }

    /** One secret of a partner, or the fact that it has none to sign with. */
    private record Key(UUID partnerId, Partners.Keys alone) {}

    private static Key readKey(Row row) {
        Buffer secret = row.getBuffer("secret");
        return new Key(
                row.getUUID("id"),
                new Partners.Keys(
                        true,
                        row.getBoolean("active"),
                        secret == null ? List.of() : List.of(WebhookSecret.ofKey(secret.getBytes()))));
    }

    private static Partners.Keys together(Partners.Keys some, Partners.Keys more) {
        return new Partners.Keys(
                true,
                some.active(),
                Stream.concat(some.secrets().stream(), more.secrets().stream()).toList());
    }

    private static Partner readPartner(Row row) {
        return new Partner(
                row.getUUID("id"),
                row.getString("name"),
                row.getBoolean("active"),
                Rows.word(row, "confirmed_by", ConfirmedBy.class),
                Rows.instant(row, "created_at"));
    }

    private static PartnerSecret readSecret(Row row) {
        return new PartnerSecret(row.getUUID("id"), Rows.instant(row, "created_at"));
    }
}
