package com.clicknback.accounts;

import com.clicknback.ledger.Balances;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a user that decide about an erasure.
 *
 * @param erasedAt null while the personal data are there
 * @param awaitsCredit true while cashback of accepted purchases is not in the balances yet
 * @param destinations payouts whose destination is stored
 */
record Erasure(UUID userId, @Nullable Instant erasedAt, Balances balances, boolean awaitsCredit, long destinations) {

    /** True when nobody owes anybody anything. */
    boolean settled() {
        return !awaitsCredit
                && balances.pending().isZero()
                && balances.available().isZero()
                && !payoutUnderWay();
    }

    /** True while an amount is reserved: its payout needs the destination. */
    boolean payoutUnderWay() {
        return !balances.reserved().isZero();
    }

    Erasure doneAt(Instant now) {
        return new Erasure(userId, now, balances, awaitsCredit, 0);
    }
}
