package com.clicknback.auth;

import com.clicknback.auth.SignedTokens.Signed;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.db.Rows;
import com.clicknback.users.User;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of sessions. A session is a family of refresh tokens, which are stored as hashes only. */
final class SessionStore {
    /**
     * Sessions of a user that can be continued. One change of the account ends all of them, in the time that a statement has.
     */
    static final int OPEN_MAX = 1_000;

    /** More than a login adds, for users who had more before there was a limit. */
    private static final int ENDED_BY_LOGIN_MAX = 100;

    /**
     * Waits for a deactivation or a new password that is under way, which does not see this session, and sees what came of
     * it. A later one waits for this statement, and ends the session. The oldest sessions beyond the limit end.
     */
    private static final String OPEN = """
            WITH entitled AS (
                SELECT id FROM users WHERE id = $2 AND active AND password_version = $7 FOR SHARE
            ), family AS (
                INSERT INTO token_families (id, user_id, created_at) SELECT $1, id, $3 FROM entitled RETURNING id
            ), surplus AS (
                UPDATE token_families SET revoked_at = $3
                WHERE EXISTS (SELECT FROM entitled) AND revoked_at IS NULL AND id = ANY (ARRAY(
                    SELECT id FROM token_families WHERE user_id = $2 AND revoked_at IS NULL
                    ORDER BY created_at DESC, id DESC OFFSET %s LIMIT %s))
            )
            INSERT INTO refresh_tokens (token_hash, family_id, token_id, issued_at, expires_at)
            SELECT $4, id, $6, $3, $5 FROM family
            """.formatted(OPEN_MAX - 1, ENDED_BY_LOGIN_MAX);

    /** Locks token and family, so that each of several concurrent uses sees the one before it. */
    private static final String LOCK = """
            SELECT f.id AS family_id, f.revoked_at IS NOT NULL AS revoked, t.rotated_at
            FROM refresh_tokens t
            JOIN token_families f ON f.id = t.family_id
            WHERE t.token_hash = $1 AND f.user_id = $2
            FOR UPDATE OF t, f
            """;

    /** The one token of a family that is not spent. */
    private static final String FIND_CURRENT = """
            SELECT token_hash, token_id, issued_at, expires_at
            FROM refresh_tokens
            WHERE family_id = $1 AND rotated_at IS NULL
            """;

    private static final String IS_OPEN =
            "SELECT EXISTS (SELECT FROM token_families WHERE id = $1 AND revoked_at IS NULL)";

    private static final String ROTATE = """
            WITH spent AS (
                UPDATE refresh_tokens SET rotated_at = $2 WHERE token_hash = $1 RETURNING family_id
            )
            INSERT INTO refresh_tokens (token_hash, family_id, token_id, issued_at, expires_at)
            SELECT $3, family_id, $6, $4, $5 FROM spent
            """;

    private static final String REVOKE = """
            UPDATE token_families SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL
            """;

    private static final String REVOKE_BY_TOKEN = """
            UPDATE token_families f SET revoked_at = $2
            FROM refresh_tokens t
            WHERE t.token_hash = $1 AND f.id = t.family_id AND f.revoked_at IS NULL
            """;

    private static final String DELETE_EXPIRED = """
            WITH expired AS (
                SELECT token_hash FROM refresh_tokens WHERE expires_at <= $1
                ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
            )
            DELETE FROM refresh_tokens t USING expired e WHERE t.token_hash = e.token_hash
            RETURNING t.family_id
            """;

    /** A statement of its own, because a statement does not see its own deletions. */
    private static final String DELETE_EMPTY_FAMILIES = """
            DELETE FROM token_families f
            WHERE f.id = ANY ($1) AND NOT EXISTS (SELECT FROM refresh_tokens t WHERE t.family_id = f.id)
            """;

    private static final String COLUMNS = "f.id, f.created_at, f.revoked_at, t.issued_at, t.expires_at";

    private static final String LATEST_TOKENS = """
            token_families f
            CROSS JOIN LATERAL (
                SELECT issued_at, expires_at FROM refresh_tokens
                WHERE family_id = f.id ORDER BY issued_at DESC LIMIT 1) t
            """;

    private SessionStore() {}

    /**
     * A stored refresh token that is being presented.
     *
     * @param revoked whether its family is
     * @param rotatedAt when it was spent, or null
     */
    record Presented(
            UUID familyId, boolean revoked, @Nullable Instant rotatedAt) {}

    /** The claims of a family's current token, and the hash of its text. */
    record Current(Buffer hash, UUID id, Instant issuedAt, Instant expiresAt) {
        boolean isHashOf(String token) {
            return hash.equals(SessionStore.hash(token));
        }
    }

    /** False, and nothing is stored, when the user is not active, is gone or has another password. */
    static Future<Boolean> open(Database database, UUID familyId, User user, Signed first) {
        return database.query(
                        OPEN,
                        Arguments.of(
                                familyId,
                                user.id(),
                                first.issuedAt(),
                                hash(first.text()),
                                first.expiresAt(),
                                first.id(),
                                user.password().number()))
                .map(opened -> opened.rowCount() == 1);
    }

    static Future<Boolean> isOpen(Database database, UUID familyId) {
        return database.query(IS_OPEN, Tuple.of(familyId), row -> row.getBoolean(0))
                .map(rows -> rows.iterator().next());
    }

    /** Locks a token until the transaction ends; empty when it is not stored for this user. */
    static Future<Optional<Presented>> lock(SqlConnection tx, String token, UUID userId) {
        return tx.preparedQuery(LOCK)
                .mapping(row -> new Presented(
                        row.getUUID("family_id"), row.getBoolean("revoked"), Rows.instantOrNull(row, "rotated_at")))
                .execute(Tuple.of(hash(token), userId))
                .map(Rows::first);
    }

    /** The token of a locked family that is not spent; empty when it has been deleted. */
    static Future<Optional<Current>> findCurrent(SqlConnection tx, UUID familyId) {
        return tx.preparedQuery(FIND_CURRENT)
                .mapping(row -> new Current(
                        row.getBuffer("token_hash"),
                        row.getUUID("token_id"),
                        Rows.instant(row, "issued_at"),
                        Rows.instant(row, "expires_at")))
                .execute(Tuple.of(familyId))
                .map(Rows::first);
    }

    static Future<Void> rotate(SqlConnection tx, String token, Signed next, Instant now) {
        return tx.preparedQuery(ROTATE)
                .execute(
                        Arguments.of(hash(token), now, hash(next.text()), next.issuedAt(), next.expiresAt(), next.id()))
                .mapEmpty();
    }

    static Future<Void> revoke(SqlConnection tx, UUID familyId, Instant now) {
        return tx.preparedQuery(REVOKE).execute(Arguments.of(familyId, now)).mapEmpty();
    }

    /** Revokes the family of a token, if it is stored. */
    static Future<Void> revokeByToken(Database database, String token, Instant now) {
        return database.query(REVOKE_BY_TOKEN, Arguments.of(hash(token), now)).mapEmpty();
    }

    static Future<Page<SessionView>> list(Database database, UUID userId, PageRequest page) {
        return new ListQuery(COLUMNS, LATEST_TOKENS, "f.created_at", "f.id")
                .where("f.user_id = ?", userId)
                .fetch(database, page, SessionStore::session);
    }

    private static SessionView session(Row row) {
        return new SessionView(
                row.getUUID("id"),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "issued_at"),
                Rows.instant(row, "expires_at"),
                Rows.instantOrNull(row, "revoked_at"));
    }

    /** Deletes some expired tokens, the oldest first, and the families left empty; returns how many tokens. */
    static Future<Integer> deleteExpired(SqlConnection tx, Instant now, int tokensMax) {
        return tx.preparedQuery(DELETE_EXPIRED)
                .mapping(row -> row.getUUID("family_id"))
                .execute(Arguments.of(now, tokensMax))
                .compose(families ->
                        deleteEmpty(tx, Set.copyOf(Rows.list(families))).map(families.rowCount()));
    }

    private static Future<Void> deleteEmpty(SqlConnection tx, Set<UUID> families) {
        return tx.preparedQuery(DELETE_EMPTY_FAMILIES)
                .execute(Tuple.of(Arguments.ids(families)))
                .mapEmpty();
    }

    private static Buffer hash(String token) {
        try {
            byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
