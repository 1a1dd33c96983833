package com.clicknback.tables;

import static com.clicknback.tables.Use.LOCK;
import static com.clicknback.tables.Use.READ;
import static com.clicknback.tables.Use.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {
    private final SqlText sql = new SqlText(Set.of("users", "wallets", "purchases"));

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("SELECT id FROM users", Map.of("users", READ)),
                arguments("select id from users", Map.of("users", READ)),
                arguments("SELECT w.* FROM users u, wallets w", Map.of("users", READ, "wallets", READ)),
                arguments("SELECT id FROM public.users", Map.of("users", READ)),
                arguments("users u", Map.of("users", READ)),
                arguments("users u JOIN wallets w ON w.user_id = u.id", Map.of("users", READ, "wallets", READ)),
                arguments("INSERT INTO wallets SELECT id FROM users", Map.of("users", READ, "wallets", WRITE)),
                arguments("UPDATE wallets w SET paid = 1 FROM users u", Map.of("users", READ, "wallets", WRITE)),
                arguments("DELETE FROM wallets w USING users u", Map.of("users", READ, "wallets", WRITE)),
                arguments("TRUNCATE wallets", Map.of("wallets", WRITE)),
                arguments("LOCK TABLE ONLY wallets", Map.of("wallets", WRITE)),
                arguments("WITH a AS (DELETE FROM users) SELECT 1", Map.of("users", WRITE)),
                arguments("SELECT id FROM users FOR UPDATE", Map.of("users", LOCK)),
                arguments("SELECT id FROM users u FOR NO KEY UPDATE OF u SKIP LOCKED", Map.of("users", LOCK)),
                arguments("SELECT 1 FROM users FOR KEY SHARE", Map.of("users", LOCK)),
                arguments(
                        "SELECT 1 FROM users u JOIN wallets AS w ON true FOR UPDATE OF w",
                        Map.of("users", READ, "wallets", LOCK)),
                arguments(
                        "SELECT 1 FROM users u JOIN wallets ON true FOR UPDATE OF u, wallets",
                        Map.of("users", LOCK, "wallets", LOCK)),
                arguments(
                        "SELECT 1 FROM users u CROSS JOIN LATERAL (SELECT 1 FROM wallets WHERE (a) > (1) FOR SHARE) w",
                        Map.of("users", READ, "wallets", LOCK)),
                arguments(
                        "WITH w AS (SELECT 1 FROM wallets FOR UPDATE) UPDATE users u SET x = 1 FROM w",
                        Map.of("users", WRITE, "wallets", LOCK)),
                arguments("INSERT INTO users VALUES (1) ON CONFLICT DO UPDATE SET x = 1", Map.of("users", WRITE)));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void tellsWhatIsReadLockedAndWritten(String text, Map<String, Use> uses) {
        assertThat(sql.uses(text)).isEqualTo(uses);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "purchases",
                "my-purchases",
                "transfers posted without their wallets",
                "no such user among the users",
                "SELECT json_build_object('purchases', 1)",
                "SELECT 1 -- like FROM users",
                "SELECT users.id, r.wallets",
                "FROM users_of_old"
            })
    void leavesOtherTextsAlone(String text) {
        assertThat(sql.uses(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 FROM \u0001 WHERE",
                "INSERT INTO %s VALUES",
                "UPDATE %1$s SET",
                "a JOIN \u0001",
                "SELECT 1 FROM ",
                "UPDATE "
            })
    void seesThatATableIsHidden(String text) {
        assertThat(SqlText.hidesATable(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \u0001 FROM users",
                "%1$s ON CONFLICT DO NOTHING",
                "FOR UPDATE \u0001",
                "SELECT 1 FROM users FOR UPDATE",
                "UPDATE"
            })
    void seesThatOtherPartsArePutIn(String text) {
        assertThat(SqlText.hidesATable(text)).isFalse();
    }
}
