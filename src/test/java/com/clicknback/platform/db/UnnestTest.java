package com.clicknback.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.money.Money;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UnnestTest {
    private enum Colour {
        DARK_RED
    }

    private record Line(
            @Nullable UUID id,
            @Nullable String text,
            @Nullable Colour colour,
            @Nullable Long number,
            @Nullable Money amount,
            @Nullable Integer small,
            @Nullable Boolean flag,
            @Nullable LocalDate day,
            @Nullable Instant time) {}

    private static final Line FULL = new Line(
            new UUID(1, 2),
            "a \"b\", {c}",
            Colour.DARK_RED,
            Long.MIN_VALUE,
            Money.ofMinor(-5),
            7,
            true,
            LocalDate.of(2028, 2, 29),
            Instant.parse("2026-12-31T23:59:59.999999Z"));

    private static final Line EMPTY = new Line(null, null, null, null, null, null, null, null, null);

    private static final Unnest<Line> LINES = Unnest.of(Line.class)
            .uuid("id", Line::id)
            .text("text", Line::text)
            .word("colour", Line::colour)
            .bigint("number", Line::number)
            .minor("amount_minor", Line::amount)
            .integer("small", Line::small)
            .bool("flag", Line::flag)
            .date("day", Line::day)
            .timestamptz("time", Line::time)
            .ordinality("place");

    private static Vertx vertx;
    private static Database database;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        Address address = TestServer.shared().createDatabase();
        database = Database.open(
                vertx, new DatabaseSettings(address.uri(), address.user(), address.password(), 2, 100, 5_000));
    }

    @AfterAll
    static void close() {
        TestService.await(database.close());
        TestService.await(vertx.close());
    }

    private static Line line(Row row) {
        return new Line(
                row.getUUID("id"),
                row.getString("text"),
                Rows.wordOrNull(row, "colour", Colour.class),
                row.getLong("number"),
                Rows.moneyOrNull(row, "amount_minor"),
                row.getInteger("small"),
                row.getBoolean("flag"),
                row.getLocalDate("day"),
                Rows.instantOrNull(row, "time"));
    }

    @Test
    void rowsReadBackAsTheyWereBoundInTheirOrderBehindTheNumberedParameters() {
        String sql = LINES.into("l", "SELECT l.*, $1::text AS said FROM {l} WHERE $2 ORDER BY l.place");

        List<Line> read = TestService.await(
                database.query(sql, LINES.bind(List.of(FULL, EMPTY, FULL), "x", true), UnnestTest::line)
                        .map(Rows::list));

        assertThat(read).containsExactly(FULL, EMPTY, FULL);
    }

    @Test
    void rowsWithoutAnyValueAreCounted() {
        Unnest<Line> unnumbered = Unnest.of(Line.class).text("text", Line::text).bigint("number", Line::number);
        String sql = LINES.into("l", "SELECT l.* FROM {l}");
        String unnumberedSql = unnumbered.into("l", "SELECT l.text, l.number FROM {l}");

        List<Line> read = TestService.await(database.query(sql, LINES.bind(List.of(EMPTY, EMPTY)), UnnestTest::line)
                .map(Rows::list));
        List<Long> numbers = TestService.await(
                database.query(unnumberedSql, unnumbered.bind(List.of(EMPTY, EMPTY)), row -> row.getLong("number"))
                        .map(Rows::list));

        assertThat(read).containsExactly(EMPTY, EMPTY);
        assertThat(numbers).containsExactly(null, null);
    }

    @Test
    void noRowsAreAnEmptyTable() {
        String sql = LINES.into("l", "SELECT l.* FROM {l}");

        assertThat(TestService.await(database.query(sql, LINES.bind(Set.of()))).size())
                .isZero();
    }

    @Test
    void numberedArgumentsOfTheDomainsTypesAreBoundAsTheDatabaseHasThem() {
        Row row = TestService.await(database.query(
                        "SELECT $1::timestamptz AS time, $2::bigint AS minor, $3::text AS word, $4::uuid AS nothing",
                        Arguments.of(FULL.time(), FULL.amount(), Colour.DARK_RED, null)))
                .iterator()
                .next();

        assertThat(Rows.instant(row, "time")).isEqualTo(FULL.time());
        assertThat(Rows.money(row, "minor")).isEqualTo(FULL.amount());
        assertThat(Rows.word(row, "word", Colour.class)).isEqualTo(Colour.DARK_RED);
        assertThat(row.getUUID("nothing")).isNull();
    }

    @Test
    void rowsAreCollectedByAKey() {
        String sql = "SELECT id, text FROM (VALUES (1, 'a'), (2, 'b'), (1, 'c')) v (id, text)";

        Map<Integer, String> byId = TestService.await(database.withConnection(connection -> connection
                .preparedQuery(sql)
                .collecting(Rows.byKey(row -> row.getInteger("id"), row -> row.getString("text")))
                .execute()
                .map(result -> result.value())));

        assertThat(byId).containsOnly(Map.entry(1, "c"), Map.entry(2, "b"));
    }

    @Test
    void aStatementThatTakesNoRowsIsRefused() {
        assertThatThrownBy(() -> LINES.into("l", "SELECT 1")).hasMessageContaining("{l}");
    }

    @Test
    void aWordThatTheTypeLacksIsRefused() {
        assertThatThrownBy(() -> Words.parse(Colour.class, "blue")).isInstanceOf(IllegalArgumentException.class);
    }
}
