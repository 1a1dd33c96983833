package com.clicknback.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Plans of the service's statements, in sessions like its own. */
public final class Plan {
    private Plan() {}

    /** The lines of the plan that a statement has whatever its arguments are. */
    public static List<String> of(Sql sql, String statement, int parameters) {
        String arguments =
                parameters == 0 ? "" : "(" + String.join(", ", Collections.nCopies(parameters, "NULL")) + ")";
        try (Connection connection = sql.connect();
                Statement session = connection.createStatement()) {
            session.execute("SET plan_cache_mode = force_generic_plan");
            for (String scan : List.of("enable_seqscan", "enable_hashjoin", "enable_mergejoin")) {
                session.execute("SET " + scan + " = off");
            }
            session.execute("PREPARE planned AS " + statement);
            List<String> lines = new ArrayList<>();
            try (ResultSet plan = session.executeQuery("EXPLAIN (COSTS OFF) EXECUTE planned" + arguments)) {
                while (plan.next()) {
                    lines.add(plan.getString(1).strip());
                }
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }
}
