package com.clicknback.users;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.Rows;
import com.clicknback.platform.db.Words;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of users. */
final class UserStore {
    /** The constraint that an address belongs to one user. */
    static final String EMAIL_UNIQUE = "users_email_key";

    private static final String INSERT = """
            INSERT INTO users (id, email, email_key, password_hash, role, active, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String FIND_ALL = """
            SELECT id, email, role, active, created_at, password_version, password_session, erased_at
            FROM users
            WHERE id = ANY ($1)
            """;

    private static final String FIND_BY_EMAIL = """
            SELECT id, email, role, active, created_at, password_version, password_session, erased_at, password_hash
            FROM users
            WHERE email_key = $1
            """;

    static final String FIND_BY_EMAIL_PREFIX = """
            SELECT id, email, role, active, created_at, password_version, password_session, erased_at
            FROM users
            WHERE email_key >= $1 AND email_key < $2
            ORDER BY email_key
            LIMIT $3
            """;

    private static final int SAME_PREFIX_MAX = 5;

    private static final String FIND_WITH_HASH = """
            SELECT id, email, role, active, created_at, password_version, password_session, erased_at, password_hash
            FROM users
            WHERE id = $1
            """;

    private static final String LOCK = """
            SELECT id, email, role, active, created_at, password_version, password_session, erased_at
            FROM users
            WHERE id = $1
            FOR NO KEY UPDATE
            """;

    /** In one order, so that two who lock them wait for each other's end and not for each other. */
    private static final String LOCK_ADMINS = """
            SELECT id FROM users WHERE role = 'admin' AND active ORDER BY id FOR NO KEY UPDATE
            """;

    private static final String SET_ACCESS = "UPDATE users SET role = $2, active = $3 WHERE id = $1";

    /** As a new password that no session has set: the database ends all sessions, and access tokens are outdated. */
    private static final String END_SESSIONS = """
            UPDATE users SET password_version = password_version + 1, password_session = NULL WHERE id = $1
            """;

    /** Changes nothing when the hash whose password was checked is no longer the user's. */
    private static final String CHANGE_PASSWORD = """
            UPDATE users
            SET password_hash = $3, password_version = password_version + 1, password_session = $4
            WHERE id = $1 AND password_hash = $2 AND active
            """;

    /** Changes nothing when another login has replaced the hash meanwhile. */
    private static final String REPLACE_HASH = """
            UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2
            """;

    /** As an end of sessions, besides. The row stays as the owner of its books. */
    private static final String ERASE = """
            UPDATE users
            SET email = $2, email_key = $2, password_hash = $3, role = 'user', active = false, erased_at = $4,
                password_version = password_version + 1, password_session = NULL
            WHERE id = $1
            """;

    private UserStore() {}

    /** A user with the hash that verifies the password. */
    record Account(User user, String passwordHash) {

        /** Without the hash. */
        @Override
        public String toString() {
            return "Account[" + user + "]";
        }
    }

    /** Fails with a violation of {@link #EMAIL_UNIQUE} when the address is taken. */
    static Future<Void> insert(SqlConnection tx, User user, String emailKey, String passwordHash) {
        return tx.preparedQuery(INSERT)
                .execute(Arguments.of(
                        user.id(), user.email(), emailKey, passwordHash, user.role(), user.active(), user.createdAt()))
                .mapEmpty();
    }

    /** The users of these ids, by id; those that do not exist are left out. */
    static Future<Map<UUID, User>> findAll(Database database, Collection<UUID> ids) {
        Tuple arguments = Tuple.of(Arguments.ids(ids));
        return database.query(FIND_ALL, arguments)
                .map(rows -> rows.stream().collect(Rows.byKey(row -> row.getUUID("id"), UserStore::user)));
    }

    static Future<Optional<Account>> findByEmail(Database database, String emailKey) {
        return database.query(FIND_BY_EMAIL, Tuple.of(emailKey), UserStore::account)
                .map(Rows::first);
    }

    static Future<Page<User>> list(Database database, Users.ListAll wanted) {
        String typed = wanted.emailPrefix();
        EmailPrefix prefix = typed == null ? null : EmailPrefix.of(typed);
        return new ListQuery(
                        "u.id, u.email, u.role, u.active, u.created_at, u.password_version, u.password_session,"
                                + " u.erased_at",
                        "users u",
                        "u.created_at",
                        "u.id")
                .where("u.email_key >= ?", prefix == null ? null : prefix.from())
                .where("u.email_key < ?", prefix == null ? null : prefix.to())
                .where("u.id = ?", wanted.id())
                .where("u.role = ?", Words.of(wanted.role()))
                .where("u.active = ?", wanted.active())
                .fetch(database, wanted.page(), UserStore::user);
    }

    static Future<List<User>> findByEmail(Database database, EmailPrefix prefix) {
        return database.query(
                        FIND_BY_EMAIL_PREFIX, Tuple.of(prefix.from(), prefix.to(), SAME_PREFIX_MAX), UserStore::user)
                .map(Rows::list);
    }

    static Future<Optional<Account>> findWithHash(Database database, UUID id) {
        return database.query(FIND_WITH_HASH, Tuple.of(id), UserStore::account).map(Rows::first);
    }

    /** Reads a user and blocks other changes of it until the transaction ends. */
    static Future<Optional<User>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK)
                .mapping(UserStore::user)
                .execute(Tuple.of(id))
                .map(Rows::first);
    }

    /** The active administrators, who stay so until the transaction ends. */
    static Future<List<UUID>> lockAdmins(SqlConnection tx) {
        return tx.preparedQuery(LOCK_ADMINS)
                .mapping(row -> row.getUUID("id"))
                .execute()
                .map(Rows::list);
    }

    static Future<Void> setAccess(SqlConnection tx, User user) {
        return tx.preparedQuery(SET_ACCESS)
                .execute(Arguments.of(user.id(), user.role(), user.active()))
                .mapEmpty();
    }

    /** False when there is no such user. */
    static Future<Boolean> endSessions(SqlConnection tx, UUID id) {
        return tx.preparedQuery(END_SESSIONS).execute(Tuple.of(id)).map(ended -> ended.rowCount() == 1);
    }

    /** Replaces what names a user. */
    static Future<Void> erase(SqlConnection tx, UUID id, String email, String passwordHash, Instant now) {
        return tx.preparedQuery(ERASE)
                .execute(Arguments.of(id, email, passwordHash, now))
                .mapEmpty();
    }

    /** False when the account has changed meanwhile. */
    static Future<Boolean> changePassword(
            SqlConnection tx, Account account, String passwordHash, @Nullable UUID sessionId) {
        return tx.preparedQuery(CHANGE_PASSWORD)
                .execute(Tuple.of(account.user().id(), account.passwordHash(), passwordHash, sessionId))
                .map(changed -> changed.rowCount() == 1);
    }

    static Future<Void> replaceHash(Database database, Account account, String passwordHash) {
        return database.query(REPLACE_HASH, Tuple.of(account.user().id(), account.passwordHash(), passwordHash))
                .mapEmpty();
    }

    private static Account account(Row row) {
        return new Account(user(row), row.getString("password_hash"));
    }

    private static User user(Row row) {
        return new User(
                row.getUUID("id"),
                row.getString("email"),
                Rows.word(row, "role", Role.class),
                row.getBoolean("active"),
                Rows.instant(row, "created_at"),
                new PasswordVersion(row.getInteger("password_version"), row.getUUID("password_session")),
                Rows.instantOrNull(row, "erased_at"));
    }
}
