package com.clicknback.partners;

import com.clicknback.partners.deliveries.SecretUse;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Unnest;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the secrets of partners, which are wrapped wherever the database sees them. */
final class SecretStore {
    private static final String INSERT = """
            INSERT INTO partner_secrets (id, partner_id, wrapped, key_id, created_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """;

    private static final String FIND = """
            SELECT id, created_at, expires_at, last_used_at
            FROM partner_secrets
            WHERE partner_id = $1 AND id = $2
            """;

    private static final String SET_EXPIRY = """
            UPDATE partner_secrets
            SET expires_at = $3
            WHERE partner_id = $1 AND id = $2
            """;

    private static final String LIST_ALL = """
            SELECT id, created_at, expires_at, last_used_at
            FROM partner_secrets
            WHERE partner_id = $1
            ORDER BY created_at DESC, id DESC
            LIMIT $2
            """;

    private static final String FIND_TESTED = """
            SELECT id, partner_id, wrapped, key_id, expires_at <= $3 AS expired
            FROM partner_secrets
            WHERE partner_id = $1
            ORDER BY created_at DESC, id DESC
            LIMIT $2
            """;

    private static final String COUNT = """
            SELECT count(*)
            FROM partner_secrets
            WHERE partner_id = $1
            """;

    private static final String DELETE = """
            DELETE FROM partner_secrets
            WHERE partner_id = $1 AND id = $2
            """;

    /** A row for each valid secret of an active partner; one without a secret for a partner that has none or is inactive. */
    private static final String FIND_KEYS = """
            SELECT p.id AS partner_id, p.active, s.id, s.wrapped, s.key_id
            FROM partners p
            LEFT JOIN partner_secrets s
              ON s.partner_id = p.id AND p.active AND (s.expires_at IS NULL OR s.expires_at > $2)
            WHERE p.id = ANY ($1)
            """;

    private static final String FIND_OF_OTHER_KEYS = """
            SELECT id, partner_id, wrapped, key_id
            FROM partner_secrets
            WHERE id > $1 AND key_id <> $2
            ORDER BY id
            LIMIT $3
            """;

    private static final String OTHER_KEYS = """
            SELECT DISTINCT key_id
            FROM partner_secrets
            WHERE key_id <> ALL ($1)
            ORDER BY key_id
            """;

    private static final Unnest<Replacement> REPLACEMENTS = Unnest.of(Replacement.class)
            .uuid("id", Replacement::id)
            .text("prior_key_id", Replacement::priorKeyId)
            .text("key_id", r -> r.secret().keyId())
            .bytea("wrapped", r -> SecretCipher.bytes(r.secret()));

    private static final String REPLACE = REPLACEMENTS.into("r", """
            UPDATE partner_secrets s
            SET wrapped = r.wrapped, key_id = r.key_id
            FROM {r}
            WHERE s.id = r.id AND s.key_id = r.prior_key_id
            """);

    private static final Unnest<SecretUse> USES =
            Unnest.of(SecretUse.class).uuid("id", SecretUse::secretId).timestamptz("at", SecretUse::at);

    /** Waits for nobody: what an administrator, or another process, is just changing is noted the next time. */
    private static final String NOTE_USES = USES.into("u", """
            WITH free AS (
                SELECT id FROM partner_secrets WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED)
            UPDATE partner_secrets s
            SET last_used_at = u.at
            FROM {u}
            JOIN free ON free.id = u.id
            WHERE s.id = free.id AND (s.last_used_at IS NULL OR s.last_used_at < u.at)
            """);

    /** Those that are still signed with, and those that leave their partner without any. */
    static final String FIND_EXPIRING = """
            SELECT s.id, s.partner_id, s.expires_at, s.last_used_at
            FROM partner_secrets s
            JOIN partners p ON p.id = s.partner_id
            WHERE s.expires_at > $1 AND s.expires_at <= $2 AND p.active
              AND (s.last_used_at > $3
                   OR NOT EXISTS (SELECT FROM partner_secrets o
                                  WHERE o.partner_id = s.partner_id AND (o.expires_at IS NULL OR o.expires_at > $2)))
            ORDER BY s.expires_at, s.id
            LIMIT $4
            """;

    private SecretStore() {}

    /** A secret that ends soon. */
    record Expiring(
            UUID id,
            UUID partnerId,
            Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    /** A secret as it is stored, for tests of signatures. */
    record Tested(Wrapped secret, boolean expired) {}

    /** A secret as it is stored. */
    record Wrapped(UUID id, UUID partnerId, Sealed secret) {}

    /** A secret as it is to be stored. */
    record Replacement(UUID id, String priorKeyId, Sealed secret) {}

    /**
     * A partner with one of its secrets.
     *
     * @param secret null when the partner is inactive or has none
     */
    record Key(UUID partnerId, boolean active, @Nullable Wrapped secret) {}

    static Future<Void> insert(SqlConnection tx, Wrapped secret, Instant createdAt, @Nullable Instant expiresAt) {
        return tx.preparedQuery(INSERT)
                .execute(Arguments.of(
                        secret.id(),
                        secret.partnerId(),
                        SecretCipher.bytes(secret.secret()),
                        secret.secret().keyId(),
                        createdAt,
                        expiresAt))
                .mapEmpty();
    }

    static Future<Long> count(SqlConnection tx, UUID partnerId) {
        return tx.preparedQuery(COUNT)
                .execute(Tuple.of(partnerId))
                .map(counted -> counted.iterator().next().getLong(0));
    }

    static Future<Page<PartnerSecret>> list(Database database, UUID partnerId, PageRequest page) {
        return new ListQuery(
                        "s.id, s.created_at, s.expires_at, s.last_used_at", "partner_secrets s", "s.created_at", "s.id")
                .where("s.partner_id = ?", partnerId)
                .fetch(database, page, SecretStore::readSecret);
    }

    /** All secrets of a partner, newest first. */
    static Future<List<PartnerSecret>> listAll(Database database, UUID partnerId, int max) {
        return database.query(LIST_ALL, Tuple.of(partnerId, max), SecretStore::readSecret)
                .map(Rows::list);
    }

    static Future<Optional<PartnerSecret>> find(SqlConnection tx, UUID partnerId, UUID secretId) {
        return tx.preparedQuery(FIND)
                .mapping(SecretStore::readSecret)
                .execute(Tuple.of(partnerId, secretId))
                .map(Rows::first);
    }

    static Future<Void> setExpiry(SqlConnection tx, UUID partnerId, UUID secretId, @Nullable Instant expiresAt) {
        return tx.preparedQuery(SET_EXPIRY)
                .execute(Arguments.of(partnerId, secretId, expiresAt))
                .mapEmpty();
    }

    /** The newest secrets of a partner, as they are stored. */
    static Future<List<Tested>> findTested(Database database, UUID partnerId, int max, Instant now) {
        return database.query(
                        FIND_TESTED,
                        Arguments.of(partnerId, max, now),
                        row -> new Tested(readWrapped(row), Boolean.TRUE.equals(row.getBoolean("expired"))))
                .map(Rows::list);
    }

    /** Notes when secrets were signed with, unless a later time is on record. */
    static Future<Void> noteUses(Database database, List<SecretUse> uses) {
        List<UUID> ids = uses.stream().map(SecretUse::secretId).toList();
        return database.query(NOTE_USES, USES.bind(uses, (Object) Arguments.ids(ids)))
                .mapEmpty();
    }

    /**
     * The secrets that end in a time and matter, the first to end first.
     *
     * @param usedSince what was signed with since then is still in use
     */
    static Future<List<Expiring>> findExpiring(
            Database database, Instant from, Instant to, Instant usedSince, int max) {
        return database.query(FIND_EXPIRING, Arguments.of(from, to, usedSince, max), SecretStore::readExpiring)
                .map(Rows::list);
    }

    /** False when the partner has no such secret. */
    static Future<Boolean> delete(SqlConnection tx, UUID partnerId, UUID secretId) {
        return tx.preparedQuery(DELETE).execute(Tuple.of(partnerId, secretId)).map(deleted -> deleted.rowCount() == 1);
    }

    /** The partners among the given ids, each with the secrets that are valid now, a row for each. */
    static Future<List<Key>> findKeys(Database database, Set<UUID> partnerIds, Instant now) {
        return database.query(FIND_KEYS, Arguments.of(Arguments.ids(partnerIds), now), SecretStore::readKey)
                .map(Rows::list);
    }

    /** The secrets that another key wraps, in the order of their ids. */
    static Future<List<Wrapped>> findOfOtherKeys(SqlConnection connection, UUID after, String keyId, int rowsMax) {
        return connection
                .preparedQuery(FIND_OF_OTHER_KEYS)
                .mapping(SecretStore::readWrapped)
                .execute(Tuple.of(after, keyId, rowsMax))
                .map(Rows::list);
    }

    /** Replaces the secrets that nobody else has replaced meanwhile; returns how many. */
    static Future<Long> replace(SqlConnection connection, List<Replacement> replacements) {
        return connection
                .preparedQuery(REPLACE)
                .execute(REPLACEMENTS.bind(replacements))
                .map(rows -> (long) rows.rowCount());
    }

    /** The keys in use beside the given ones. */
    static Future<List<String>> otherKeysThan(Database database, Set<String> keyIds) {
        return database.query(
                        OTHER_KEYS, Tuple.of((Object) keyIds.toArray(String[]::new)), row -> row.getString("key_id"))
                .map(Rows::list);
    }

    private static Key readKey(Row row) {
        boolean without = row.getUUID("id") == null;
        return new Key(row.getUUID("partner_id"), row.getBoolean("active"), without ? null : readWrapped(row));
    }

    private static Wrapped readWrapped(Row row) {
        Buffer wrapped = row.getBuffer("wrapped");
        return new Wrapped(
                row.getUUID("id"), row.getUUID("partner_id"), new Sealed(row.getString("key_id"), wrapped.getBytes()));
    }

    private static PartnerSecret readSecret(Row row) {
        return new PartnerSecret(
                row.getUUID("id"),
                Rows.instant(row, "created_at"),
                Rows.instantOrNull(row, "expires_at"),
                Rows.instantOrNull(row, "last_used_at"));
    }

    private static Expiring readExpiring(Row row) {
        return new Expiring(
                row.getUUID("id"),
                row.getUUID("partner_id"),
                Rows.instant(row, "expires_at"),
                Rows.instantOrNull(row, "last_used_at"));
    }
}
