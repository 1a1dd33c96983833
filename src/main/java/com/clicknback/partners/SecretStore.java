package com.clicknback.partners;

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
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the secrets of partners, which are wrapped wherever the database sees them. */
final class SecretStore {
    private static final String INSERT = """
            INSERT INTO partner_secrets (id, partner_id, wrapped, key_id, created_at)
            VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String LIST_ALL = """
            SELECT id, created_at
            FROM partner_secrets
            WHERE partner_id = $1
            ORDER BY created_at DESC, id DESC
            LIMIT $2
            """;

    private static final String FIND_TESTED = """
            SELECT id, partner_id, wrapped, key_id
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

    /** A row for each secret of an active partner; one without a secret for a partner that has none or is inactive. */
    private static final String FIND_KEYS = """
            SELECT p.id AS partner_id, p.active, s.id, s.wrapped, s.key_id
            FROM partners p
            LEFT JOIN partner_secrets s ON s.partner_id = p.id AND p.active
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

    private SecretStore() {}

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

    static Future<Void> insert(SqlConnection tx, Wrapped secret, Instant createdAt) {
        return tx.preparedQuery(INSERT)
                .execute(Arguments.of(
                        secret.id(),
                        secret.partnerId(),
                        SecretCipher.bytes(secret.secret()),
                        secret.secret().keyId(),
                        createdAt))
                .mapEmpty();
    }

    static Future<Long> count(SqlConnection tx, UUID partnerId) {
        return tx.preparedQuery(COUNT)
                .execute(Tuple.of(partnerId))
                .map(counted -> counted.iterator().next().getLong(0));
    }

    static Future<Page<PartnerSecret>> list(Database database, UUID partnerId, PageRequest page) {
        return new ListQuery("s.id, s.created_at", "partner_secrets s", "s.created_at", "s.id")
                .where("s.partner_id = ?", partnerId)
                .fetch(database, page, SecretStore::readSecret);
    }

    /** All secrets of a partner, newest first. */
    static Future<List<PartnerSecret>> listAll(Database database, UUID partnerId, int max) {
        return database.query(LIST_ALL, Tuple.of(partnerId, max), SecretStore::readSecret)
                .map(Rows::list);
    }

    /** The newest secrets of a partner, as they are stored. */
    static Future<List<Wrapped>> findTested(Database database, UUID partnerId, int max) {
        return database.query(FIND_TESTED, Tuple.of(partnerId, max), SecretStore::readWrapped)
                .map(Rows::list);
    }

    /** False when the partner has no such secret. */
    static Future<Boolean> delete(SqlConnection tx, UUID partnerId, UUID secretId) {
        return tx.preparedQuery(DELETE).execute(Tuple.of(partnerId, secretId)).map(deleted -> deleted.rowCount() == 1);
    }

    /** The partners among the given ids, each with its secrets, a row for each. */
    static Future<List<Key>> findKeys(Database database, Set<UUID> partnerIds) {
        return database.query(FIND_KEYS, Tuple.of(Arguments.ids(partnerIds)), SecretStore::readKey)
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
        return new PartnerSecret(row.getUUID("id"), Rows.instant(row, "created_at"));
    }
}
