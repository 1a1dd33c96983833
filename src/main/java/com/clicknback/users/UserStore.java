package com.clicknback.users;

import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The SQL of the users. */
final class UserStore {
    /** The constraint that holds each address once. */
    static final String EMAIL_UNIQUE = "users_email_key";

    private static final String INSERT = """
            INSERT INTO users (id, email, email_key, password_hash, role, active, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """;

    private static final String FIND_ALL = """
            SELECT id, email, role, active, created_at
            FROM users
            WHERE id = ANY ($1)
            """;

    private static final String FIND_BY_EMAIL = """
            SELECT id, email, role, active, created_at, password_hash
            FROM users
            WHERE email_key = $1
            """;

    /** Leaves alone what somebody else has changed meanwhile. */
    private static final String REPLACE_HASH = """
            UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2
            """;

    private UserStore() {}

    /** A user with what the password is verified against. */
    record Account(User user, String passwordHash) {

        /** Without the hash. */
        @Override
        public String toString() {
            return "Account[" + user + "]";
        }
    }

    static Future<Void> insert(SqlConnection tx, User user, String emailKey, String passwordHash) {
        Tuple arguments = Tuple.of(
                user.id(),
                user.email(),
                emailKey,
                passwordHash,
                roleName(user.role()),
                user.active(),
                user.createdAt().atOffset(ZoneOffset.UTC));
        return tx.preparedQuery(INSERT).execute(arguments).mapEmpty();
    }

    /** The users of these ids, by id; without those that do not exist. */
    static Future<Map<UUID, User>> findAll(Database database, Collection<UUID> ids) {
        Tuple arguments = Tuple.tuple().addArrayOfUUID(ids.toArray(UUID[]::new));
        return database.query(FIND_ALL, arguments).map(rows -> {
            Map<UUID, User> users = new HashMap<>();
            for (Row row : rows) {
                User user = user(row);
                users.put(user.id(), user);
            }
            return users;
        });
    }

    static Future<Optional<Account>> findByEmail(Database database, String emailKey) {
        return database.query(FIND_BY_EMAIL, Tuple.of(emailKey))
                .map(rows ->
                        rows.stream().findFirst().map(row -> new Account(user(row), row.getString("password_hash"))));
    }

    static Future<Void> replaceHash(Database database, Account account, String passwordHash) {
        return database.query(REPLACE_HASH, Tuple.of(account.user().id(), account.passwordHash(), passwordHash))
                .mapEmpty();
    }

    static String roleName(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private static User user(Row row) {
        return new User(
                row.getUUID("id"),
                row.getString("email"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getBoolean("active"),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
