package com.clicknback.ingestion;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.events.PurchaseKey;
import com.clicknback.money.Money;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.testing.Workbench;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The second report of an order whose user's wallet a forgotten session of somebody else keeps locked. */
class LockedReporterTest {
    private Workbench bench;
    private UUID merchant;
    private UUID partner;

    @BeforeEach
    void openBench() {
        bench = Workbench.open();
        merchant = bench.merchant();
        partner = bench.partner();
    }

    @AfterEach
    void closeBench() {
        assertThat(bench.differences()).isEmpty();
        bench.close();
    }

    @Test
    void isRefusedAloneAndTakenOnceTheLockIsGone() throws SQLException {
        UUID held = bench.user();
        UUID other = bench.user();
        for (UUID user : List.of(held, other)) {
            assertThat(ingest(report(null, user))).first().isInstanceOf(Verdict.Accepted.class);
        }
        Submission second = report(partner, held);
        try (Connection holder = bench.sql.connect();
                Statement lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("SELECT FROM wallets WHERE user_id = '" + held + "' FOR UPDATE");

            List<Verdict> verdicts =
                    ingest(report(partner, other), second, report(partner, bench.user()), report(null, bench.user()));

            assertThat(verdicts.get(0)).isInstanceOf(Verdict.Attached.class);
            assertThat(verdicts.get(1))
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
            assertThat(verdicts.subList(2, 4)).hasOnlyElementsOfType(Verdict.Accepted.class);
            holder.rollback();
        }
        assertThat(ingest(second)).singleElement().isInstanceOf(Verdict.Attached.class);
    }

    private List<Verdict> ingest(Submission... submissions) {
        return await(bench.ingestion.ingest(List.of(submissions)));
    }

    /** Each user has one order. */
    private Submission report(@Nullable UUID by, UUID user) {
        return new Submission(
                new PurchaseKey(by, UUID.randomUUID().toString()),
                user,
                merchant,
                Money.ofMinor(1_000),
                "EUR",
                bench.clock.instant(),
                "order-" + user);
    }
}
