package com.clicknback.platform.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The owner of the schema and the role of the service, as {@code db/roles.sql} makes them. */
public final class Roles {
    public static final String OWNER = "clicknback_owner";
    public static final String SERVICE = "clicknback";

    private static final String SCRIPT = "/db/roles.sql";

    private Roles() {}

    /**
     * Makes the roles where they are missing, gives them the database of a superuser's connection, and sets their
     * password. Blocks.
     *
     * @param password of letters and digits
     */
    public static void prepare(Connection superuser, String password) throws IOException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute(script());
            for (String role : new String[] {OWNER, SERVICE}) {
                statement.execute("ALTER ROLE " + role + " PASSWORD '" + password.replace("'", "''") + "'");
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static String script() throws IOException {
        try (InputStream script = Roles.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IOException(SCRIPT + " is missing");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
