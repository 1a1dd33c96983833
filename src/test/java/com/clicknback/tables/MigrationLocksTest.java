package com.clicknback.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Migrations hold up nobody for as long as a large table takes to read. */
class MigrationLocksTest {
    private static final Path FOLDER = Path.of("src", "main", "resources", "db", "migration");

    /** The first file that adds its constraints without a look at the rows that are there. */
    private static final int CONSTRAINTS_FROM = 172;

    /** The first file that builds its indexes beside traffic. */
    private static final int INDEXES_FROM = 250;

    /** Tables whose rows people make one by one. All others grow with traffic. */
    private static final Set<String> SMALL =
            Set.of("merchants", "offers", "partners", "partner_secrets", "feature_flags", "event_cursors");

    private static final Pattern VERSION = Pattern.compile("V0*(\\d+)__.*\\.sql");
    private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
    private static final Pattern CREATED = Pattern.compile("(?i)CREATE\\s+(?:UNLOGGED\\s+)?TABLE\\s+(\\w+)");
    private static final Pattern ALTERED = Pattern.compile("(?i)ALTER\\s+TABLE\\s+(?:ONLY\\s+)?(\\w+)\\s+([^;]*)");
    private static final Pattern ADDED =
            Pattern.compile("(?i)ADD\\s+CONSTRAINT\\s+(\\w+)\\s+(?:CHECK|FOREIGN\\s+KEY)\\b");
    private static final Pattern NOT_VALID = Pattern.compile("(?i)\\bNOT\\s+VALID\\b");
    private static final Pattern VALIDATED = Pattern.compile("(?i)VALIDATE\\s+CONSTRAINT\\s+(\\w+)");

    /** Reads or rewrites each row while nobody may use the table. */
    private static final Pattern READS_ALL =
            Pattern.compile("(?i)\\bADD\\s+(?!CONSTRAINT\\b)(?:COLUMN\\s+)?[^,]*\\b(?:CHECK|REFERENCES|UNIQUE)\\b"
                    + "|\\bADD\\s+CONSTRAINT\\s+\\w+\\s+(?:UNIQUE|PRIMARY|EXCLUDE)\\b(?!\\s+(?:KEY\\s+)?USING\\s+INDEX)"
                    + "|\\bSET\\s+NOT\\s+NULL\\b|\\bTYPE\\s+\\w");

    private static final Pattern INDEX =
            Pattern.compile("(?i)CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+(\\w+)\\s+ON\\s+(\\w+)");

    /** Waits for ever for the lock of a migration behind a pooler; the placeholder of this name leaves it out there. */
    private static final Pattern ALWAYS_CONCURRENTLY = Pattern.compile("(?i)\\bINDEX\\s+CONCURRENTLY\\s+(\\w+)");

    /** The faults of one file, each as a sentence. */
    private static List<String> faults(int version, String text) {
        String sql = COMMENT.matcher(text).replaceAll("");
        Set<String> exempt = new HashSet<>(SMALL);
        found(CREATED, sql).forEach(table -> exempt.add(table.group(1)));
        List<String> faults = new ArrayList<>();
        if (version >= CONSTRAINTS_FROM) {
            Set<String> added = found(ADDED, sql).map(one -> one.group(1)).collect(Collectors.toSet());
            found(VALIDATED, sql)
                    .filter(constraint -> added.contains(constraint.group(1)))
                    .forEach(constraint -> faults.add(constraint.group(1) + " is validated where it is added"));
            found(ALTERED, sql)
                    .filter(altered -> !exempt.contains(altered.group(1)))
                    .filter(altered -> readsAll(altered.group(2)))
                    .forEach(altered -> faults.add(altered.group(1) + " is read while nobody may use it"));
        }
        if (version >= INDEXES_FROM) {
            found(INDEX, sql)
                    .filter(index -> !exempt.contains(index.group(2)))
                    .forEach(index -> faults.add(index.group(1) + " is built while nobody may write"));
            found(ALWAYS_CONCURRENTLY, sql)
                    .forEach(index -> faults.add(index.group(1) + " is built concurrently behind a pooler too"));
        }
        return faults;
    }

    private static boolean readsAll(String clauses) {
        return found(ADDED, clauses).count() > found(NOT_VALID, clauses).count()
                || READS_ALL.matcher(clauses).find();
    }

    private static Stream<MatchResult> found(Pattern pattern, String sql) {
        return pattern.matcher(sql).results();
    }

    @Test
    void noFileLocksALargeTableForLong() throws IOException {
        Map<String, List<String>> faults = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                var version = VERSION.matcher(name);
                assertThat(version.matches()).as(name).isTrue();
                List<String> found = faults(Integer.parseInt(version.group(1)), Files.readString(file));
                if (!found.isEmpty()) {
                    faults.put(name, found);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void seesWhatItLooksFor() {
        assertThat(faults(CONSTRAINTS_FROM, "ALTER TABLE purchases ADD CONSTRAINT a CHECK (x > 0);"))
                .hasSize(1);
        assertThat(faults(CONSTRAINTS_FROM, "ALTER TABLE purchases ADD CONSTRAINT a CHECK (x > 0) NOT VALID;"))
                .isEmpty();
        assertThat(faults(
                        CONSTRAINTS_FROM,
                        "ALTER TABLE purchases ADD CONSTRAINT a CHECK (x > 0),"
                                + " ADD CONSTRAINT b FOREIGN KEY (y) REFERENCES users (id) NOT VALID;"))
                .hasSize(1);
        assertThat(faults(
                        CONSTRAINTS_FROM,
                        "ALTER TABLE purchases ADD CONSTRAINT a CHECK (x > 0) NOT VALID;"
                                + "ALTER TABLE purchases VALIDATE CONSTRAINT a;"))
                .hasSize(1);
        assertThat(faults(CONSTRAINTS_FROM, "ALTER TABLE purchases VALIDATE CONSTRAINT a;"))
                .isEmpty();
        assertThat(faults(CONSTRAINTS_FROM, "ALTER TABLE wallets ADD COLUMN a int CHECK (a > 0);"))
                .hasSize(1);
        assertThat(faults(CONSTRAINTS_FROM, "ALTER TABLE wallets ADD a int, ALTER b SET NOT NULL;"))
                .hasSize(1);
        assertThat(faults(CONSTRAINTS_FROM, "ALTER TABLE wallets ADD COLUMN a int NOT NULL DEFAULT 0;"))
                .isEmpty();
        assertThat(faults(CONSTRAINTS_FROM, "ALTER TABLE merchants ADD COLUMN a int CHECK (a > 0);"))
                .isEmpty();
        assertThat(faults(INDEXES_FROM, "CREATE UNIQUE INDEX i ON purchases (x);"))
                .hasSize(1);
        assertThat(faults(INDEXES_FROM, "CREATE INDEX ${concurrently} i ON purchases (x);"))
                .isEmpty();
        assertThat(faults(INDEXES_FROM, "CREATE INDEX CONCURRENTLY i ON purchases (x);"))
                .hasSize(1);
        assertThat(faults(INDEXES_FROM, "CREATE TABLE t (x int); CREATE INDEX i ON t (x);"))
                .isEmpty();
    }
}
