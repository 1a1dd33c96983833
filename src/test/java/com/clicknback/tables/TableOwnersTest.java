package com.clicknback.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.tables.CompiledSql.Found;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every table has one owner, and SQL uses only what docs/data-model.md lets its package use. */
class TableOwnersTest {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");
    private static final Pattern CREATE =
            Pattern.compile("(?im)^\\s*CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?(\\w+)");

    private final Set<String> tables = schema();
    private final TableOwners owners = TableOwners.ofThePage();
    private final CompiledSql sql = new CompiledSql(tables);

    private static Set<String> schema() {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            Set<String> created = new TreeSet<>();
            for (Path file : files.toList()) {
                CREATE.matcher(Files.readString(file)).results().forEach(match -> created.add(match.group(1)));
            }
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> violations(TableOwners owners, List<Found> found) {
        return found.stream()
                .flatMap(text -> Stream.concat(
                        text.hidden()
                                ? Stream.of(text.className() + " takes a table's name from elsewhere")
                                : Stream.empty(),
                        text.uses().entrySet().stream()
                                .filter(use -> !owners.allows(text.packageName(), use.getKey(), use.getValue()))
                                .map(use -> "%s (%s) may not %s %s"
                                        .formatted(
                                                text.packageName(), text.className(), use.getValue(), use.getKey()))))
                .distinct()
                .sorted();
    }

    @Test
    void eachTableOfTheSchemaHasAnOwner() {
        assertThat(tables).contains("purchases", "ledger_transfers", "event_log");
        assertThat(owners.tables()).containsExactlyInAnyOrderElementsOf(tables);
    }

    @Test
    void eachPackageUsesOnlyWhatThePageLetsItUse() {
        assertThat(violations(owners, sql.in(CLASSES))).isEmpty();
    }

    @Test
    void thePageAllowsNothingThatIsNotUsed() {
        Set<String> unused = new TreeSet<>();
        owners.usersByTable()
                .forEach((table, users) ->
                        users.forEach((packageName, use) -> unused.add(said(packageName, use, table))));
        for (Found text : sql.in(CLASSES)) {
            text.uses().forEach((table, use) -> unused.remove(said(text.packageName(), use, table)));
        }

        WRITTEN_BY_TRIGGERS.forEach((table, owner) -> unused.remove(said(owner, Use.WRITE, table)));
        assertThat(unused).isEmpty();
    }

    /** Tables that follow another table of the same owner, whoever changes that. */
    private static final Map<String, String> WRITTEN_BY_TRIGGERS =
            Map.of("merchant_periods", "merchants", "offer_periods", "offers", "terms_version", "merchants");

    private static String said(String packageName, Use use, String table) {
        return packageName + " may " + use + " " + table;
    }

    /** Stands in for a store that reaches across. */
    private static final class Planted {
        private static final String ALIEN = "purchases";

        static final String READ = "SELECT name FROM merchants WHERE id = $1";
        static final String WRITE = """
            WITH gone AS (
                DELETE FROM wallets WHERE user_id = $1
            )
            SELECT count(*) FROM gone
            """;

        static String hidden(String table) {
            return "UPDATE " + table + " SET status = 'confirmed'";
        }

        static String inlined(String condition) {
            return "SELECT id FROM " + ALIEN + " WHERE " + condition;
        }
    }

    @Test
    void findsWhatAClassOfAnotherPackageMustNotDo() throws IOException {
        TableOwners few = TableOwners.parse(List.of(
                "## Who owns which table",
                "| `merchants` | `merchants` | | | `offers` | because |",
                "| `wallets` | `ledger` | | | `offers` | because |",
                "| `purchases` | `purchases` | | | | |"));
        try (InputStream planted = TableOwnersTest.class.getResourceAsStream("TableOwnersTest$Planted.class")) {
            List<Found> found = sql.in("offers", "Planted", planted);

            assertThat(violations(few, found))
                    .containsExactly(
                            "Planted takes a table's name from elsewhere",
                            "offers (Planted) may not READ purchases",
                            "offers (Planted) may not WRITE wallets");
        }
    }

    @Test
    void whoReadsEverythingStillWritesNothing() {
        TableOwners few = TableOwners.parse(List.of(
                "## Who owns which table",
                "| every table | | | | `root` | because |",
                "| `wallets` | `ledger` | | `payouts` | | because |"));

        assertThat(few.allows("root", "wallets", Use.READ)).isTrue();
        assertThat(few.allows("root", "wallets", Use.LOCK)).isFalse();
        assertThat(few.allows("payouts", "wallets", Use.READ)).isTrue();
        assertThat(few.allows("payouts", "wallets", Use.LOCK)).isTrue();
        assertThat(few.allows("payouts", "wallets", Use.WRITE)).isFalse();
        assertThat(few.allows("ledger", "wallets", Use.WRITE)).isTrue();
        assertThat(few.allows("users", "wallets", Use.READ)).isFalse();
    }
}
