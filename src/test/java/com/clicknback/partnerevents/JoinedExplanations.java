package com.clicknback.partnerevents;

import static com.clicknback.testing.TestService.await;

import com.clicknback.explanations.AmountChange;
import com.clicknback.explanations.Explanation;
import com.clicknback.explanations.Explanations;
import com.clicknback.explanations.ExplanationsVerticle;
import com.clicknback.money.Money;
import com.clicknback.testing.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Looks whether the amounts of explanations join, from the credit by each change to the amount that the purchase shows. */
final class JoinedExplanations {
    private static final int ATTEMPTS_MAX = 3;

    private final Workbench bench;

    private JoinedExplanations(Workbench bench) {
        this.bench = bench;
    }

    static JoinedExplanations on(Workbench bench) {
        await(bench.vertx.deployVerticle(new ExplanationsVerticle(
                bench.bus, bench.database, bench.decisions, bench.ledger, bench.crediting, ATTEMPTS_MAX)));
        return new JoinedExplanations(bench);
    }

    /** The places where they do not, of all credited purchases of users. */
    List<String> gaps(List<UUID> users) {
        List<String> gaps = new ArrayList<>();
        List<UUID> ids = bench.sql.column(
                "SELECT p.id FROM purchases p JOIN cashback_credits c ON c.purchase_id = p.id WHERE p.user_id = ANY (?)",
                (Object) users.toArray(UUID[]::new));
        for (UUID id : ids) {
            Explanation told = await(bench.bus.ask(new Explanations.Explain(id)));
            Money amount = told.credit().amount();
            for (AmountChange change : told.changes()) {
                if (!change.cashbackBefore().equals(amount)) {
                    gaps.add(id + ": " + amount + " before " + change);
                }
                amount = change.cashbackAfter();
            }
            if (!amount.equals(told.purchase().cashbackAmount())) {
                gaps.add(id + ": " + amount + " at the end of " + told);
            }
        }
        return gaps;
    }
}
