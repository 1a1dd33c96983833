package com.clicknback.purchases;

import static com.clicknback.testing.TestService.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.CashbackType;
import com.clicknback.money.Money;
import com.clicknback.testing.Workbench;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A confirmation and a refund of two purchases of one cap in one transaction, as those that were parked for a batch. */
class ChangesOfOneCapTest {
    private static final Actor PARTNER = Actor.system("test");

    private Workbench bench;

    @BeforeEach
    void openBench() {
        bench = Workbench.open();
    }

    @AfterEach
    void closeBench() {
        assertThat(bench.differences()).isEmpty();
        bench.close();
    }

    /** Four purchases, of which the third is refunded in part and the last gets what that leaves of the cap. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "3, 0", "0, 1", "1, 1", "3, 1"})
    void leaveThePurchaseThatIsConfirmedWhatItHad(int confirmed, int secondsApart) {
        UUID user = bench.user();
        UUID merchant = bench.merchantOffering(CashbackType.PERCENT, 100_000, 1_000);
        List<UUID> ids = new ArrayList<>();
        for (long amount : List.of(4_000L, 2_000L, 3_000L, 3_000L)) {
            ids.add(bench.purchase(user, merchant, amount));
            bench.clock.advance(Duration.ofSeconds(secondsApart));
        }
        bench.credit(user, ids.toArray(UUID[]::new));
        assertThat(cashback(ids)).containsExactly(400L, 200L, 300L, 100L);

        await(bench.database.inTransaction(tx -> bench.ledger
                .lock(tx, List.of(user))
                .compose(locked -> DecisionStore.findStates(tx, ids))
                .compose(states -> bench.changes.atGates(tx, states))
                .compose(states -> bench.changes.write(tx, changes(states, ids.get(confirmed), ids.get(2))))));

        assertThat(cashback(ids)).containsExactly(400L, 200L, 200L, 200L);
    }

    private List<Change> changes(Map<UUID, PurchaseState> states, UUID confirmed, UUID refunded) {
        PurchaseState before = requireNonNull(states.get(refunded));
        return List.of(
                new Change.Decided(requireNonNull(states.get(confirmed)), Decision.CONFIRM, null, PARTNER),
                new Change.Refunded(
                        before,
                        bench.ids.next(),
                        "r",
                        Money.ofMinor(1_000),
                        bench.clock.instant(),
                        before.stated(),
                        false,
                        PARTNER));
    }

    private List<Long> cashback(List<UUID> ids) {
        return ids.stream().map(id -> bench.find(id).cashbackAmount().minor()).toList();
    }
}
