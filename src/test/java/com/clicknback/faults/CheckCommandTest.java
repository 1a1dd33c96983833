package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.ServiceProcess.Ended;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that recomputes the books. */
@Tag("faults")
@Timeout(600)
class CheckCommandTest {
    @TempDir
    private Path folder;

    @Test
    void isContentWithTrueBooksAndNamesEveryRowThatIsNot() {
        try (TestService service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock())) {
            Scenario given = new Scenario(service);
            Session user = given.user();
            UUID merchant = given.merchant();
            UUID offer = given.offer(merchant, "percent", "10", "50");
            given.buy(user, merchant, "100.00");
            assertThat(given.wallet(user).getString("pending_balance")).isEqualTo("10.00");

            Ended clean = check(service);
            assertThat(clean.status()).as(clean.output()).isZero();
            assertThat(clean.output().lines()).singleElement().asString().contains("consistent");

            Sql sql = service.sql();
            sql.execute("UPDATE wallets SET available_minor = available_minor + 1 WHERE user_id = ?", user.userId());
            sql.execute("UPDATE cap_usage SET used_minor = used_minor - 1 WHERE user_id = ?", user.userId());
            Ended tampered = check(service);
            assertThat(tampered.status()).as(tampered.output()).isEqualTo(1);
            assertThat(tampered.output())
                    .contains("wallet " + user.userId()
                            + ": expected pending 1000 available 0 reserved 0 paid 0,"
                            + " found pending 1000 available 1 reserved 0 paid 0")
                    .contains("cap user " + user.userId() + " offer " + offer)
                    .contains("expected used 1000, found used 999 of 5000")
                    .contains("2 rows differ");
        }
    }

    private Ended check(TestService service) {
        return ServiceProcess.run(folder, TestConfig.environment(service.database()), "check");
    }
}
