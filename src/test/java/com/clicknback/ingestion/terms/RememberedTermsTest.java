package com.clicknback.ingestion.terms;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.cashback.CashbackType;
import com.clicknback.testing.Waiting;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RememberedTermsTest {
    private static Workbench bench;

    private final RememberedTerms terms = new RememberedTerms();

    @BeforeAll
    static void open() {
        bench = Workbench.open();
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    private static TermsKey today(UUID merchant) {
        return TermsKey.of(merchant, bench.clock.instant());
    }

    private Map<TermsKey, MerchantTerms> find(RememberedTerms through, UUID... merchants) {
        Set<TermsKey> keys = new HashSet<>();
        for (UUID merchant : merchants) {
            keys.add(today(merchant));
        }
        return await(bench.database.withConnection(connection -> through.find(connection, keys)));
    }

    private @Nullable Long valueE4(UUID merchant) {
        return valueE4(terms, merchant);
    }

    private @Nullable Long valueE4(RememberedTerms through, UUID merchant) {
        MerchantTerms found = find(through, merchant).get(today(merchant));
        CashbackTerms present = found == null ? null : found.at(bench.clock.instant(), 0);
        return present == null ? null : present.valueE4();
    }

    private static void setDefault(UUID merchant, long valueE4) {
        bench.sql.execute(
                "UPDATE merchants SET default_percentage_e4 = ?, terms_since = '-infinity' WHERE id = ?",
                valueE4,
                merchant);
    }

    /** Without the trigger that tells of a change, only a fresh look can find it. */
    @Test
    void areLookedUpOnceWhileTheirVersionStands() {
        UUID merchant = bench.merchant(50_000);
        UUID another = bench.merchant(40_000);
        assertThat(valueE4(merchant)).isEqualTo(50_000);
        String secretly =
                "UPDATE merchant_periods SET default_percentage_e4 = 1 WHERE merchant_id = '" + merchant + "'";
        bench.sql.execute("ALTER TABLE merchant_periods DISABLE TRIGGER merchant_periods_renew_terms");
        try {
            bench.sql.execute(secretly);
        } finally {
            bench.sql.execute("ALTER TABLE merchant_periods ENABLE TRIGGER merchant_periods_renew_terms");
        }
        assertThat(valueE4(merchant)).isEqualTo(50_000);
        assertThat(find(terms, merchant, another)).containsKeys(today(merchant), today(another));
        assertThat(valueE4(merchant)).isEqualTo(50_000);
        assertThat(valueE4(new RememberedTerms(), merchant)).isEqualTo(1);

        bench.merchant();
        assertThat(valueE4(merchant)).isEqualTo(1);
    }

    @Test
    void anyChangeCountsAtOnce() {
        UUID merchant = UUID.randomUUID();
        assertThat(find(terms, merchant)).isEmpty();
        bench.sql.execute(
                "INSERT INTO merchants (id, name, default_percentage_e4, active, created_at)"
                        + " VALUES (?, ?, 20000, false, now())",
                merchant,
                merchant.toString());
        assertThat(find(terms, merchant)).containsKey(today(merchant));
        assertThat(valueE4(merchant)).isNull();
        bench.sql.execute("UPDATE merchants SET active = true WHERE id = ?", merchant);
        assertThat(valueE4(merchant)).isEqualTo(20_000);
        setDefault(merchant, 30_000);
        assertThat(valueE4(merchant)).isEqualTo(30_000);
        bench.sql.execute("DELETE FROM merchants WHERE id = ?", merchant);
        assertThat(find(terms, merchant)).doesNotContainKey(today(merchant));
    }

    @Test
    void anyChangeOfAnOfferCountsAtOnce() {
        UUID merchant = bench.merchantOffering(CashbackType.PERCENT, 70_000, 100_000);
        assertThat(valueE4(merchant)).isEqualTo(70_000);
        bench.sql.execute(
                "UPDATE offers SET cashback_value_e4 = 80000, terms_since = start_date WHERE merchant_id = ?",
                merchant);
        assertThat(valueE4(merchant)).isEqualTo(80_000);
        bench.sql.execute("DELETE FROM offers WHERE merchant_id = ?", merchant);
        assertThat(valueE4(merchant)).isNull();
    }

    /** The transaction has changed the version, and that change was rolled back. */
    @Test
    void aChangeAfterARollbackToASavepointCounts() throws SQLException {
        UUID merchant = bench.merchant(50_000);
        assertThat(valueE4(merchant)).isEqualTo(50_000);
        try (Connection connection = bench.sql.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            String change = "UPDATE merchants SET default_percentage_e4 = %s, terms_since = '-infinity' WHERE id = '"
                    + merchant + "'";
            statement.execute("SAVEPOINT before");
            statement.execute(change.formatted("60000"));
            statement.execute("ROLLBACK TO before");
            statement.execute(change.formatted("70000"));
            assertThat(valueE4(merchant)).isEqualTo(50_000);
            connection.commit();
        }
        assertThat(valueE4(merchant)).isEqualTo(70_000);
    }

    /** A standby that lacks the last changes of a lost primary has the version that they ended. */
    @Test
    void aChangeThatIsLostAfterItWasSeenIsNotRemembered() throws SQLException {
        UUID merchant = bench.merchant(50_000);
        UUID version = bench.sql.value("SELECT version FROM terms_version");
        Future<Map<TermsKey, MerchantTerms>> seen;
        try (Connection connection = bench.sql.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE merchant_periods IN ACCESS EXCLUSIVE MODE");
            seen = bench.database.withConnection(lookup -> terms.find(lookup, Set.of(today(merchant))));
            Waiting.until(
                    "the lookup has the version and waits for the terms",
                    () -> bench.sql.count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND wait_event_type = 'Lock' AND query LIKE '%merchant_periods%'")
                            == 1);
            statement.execute(
                    "UPDATE merchants SET default_percentage_e4 = 60000, terms_since = '-infinity' WHERE id = '"
                            + merchant + "'");
            connection.commit();
        }
        await(seen);
        setDefault(merchant, 50_000);
        bench.sql.execute("UPDATE terms_version SET version = ?", version);
        assertThat(valueE4(merchant)).isEqualTo(50_000);
    }

    @Test
    void moreThanIsRememberedIsFoundAllTheSame() {
        RememberedTerms few = new RememberedTerms(3);
        UUID first = bench.merchant(10_000);
        UUID second = bench.merchant(20_000);
        for (int round = 0; round < 3; round++) {
            assertThat(valueE4(few, first)).isEqualTo(10_000);
            assertThat(valueE4(few, second)).isEqualTo(20_000);
            assertThat(find(few, first, second)).containsOnlyKeys(today(first), today(second));
        }
    }

    @Test
    void withoutAVersionNothingIsRemembered() {
        UUID merchant = bench.merchant(50_000);
        assertThat(valueE4(merchant)).isEqualTo(50_000);
        UUID version = bench.sql.value("SELECT version FROM terms_version");
        bench.sql.execute("DELETE FROM terms_version");
        try {
            setDefault(merchant, 60_000);
            assertThat(valueE4(merchant)).isEqualTo(60_000);
            setDefault(merchant, 70_000);
            assertThat(valueE4(merchant)).isEqualTo(70_000);
        } finally {
            bench.sql.execute("INSERT INTO terms_version (version) VALUES (?)", version);
        }
    }
}
