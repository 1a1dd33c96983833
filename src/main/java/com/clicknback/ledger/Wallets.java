package com.clicknback.ledger;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.util.UUID;

/** The messages that the ledger answers. */
public final class Wallets {
    private Wallets() {}

    /** Finds the balances of a user, and what of them is held; an unknown user has nothing. Fails with OVERLOADED. */
    public record Find(UUID userId) implements Request<WalletSummary> {}

    /** Lists a page of a user's transactions with the balances after each, the newest first. */
    record ListWithBalances(UUID userId, PageRequest page) implements Request<Page<BalancedTransaction>> {}

    /** Lists a page of a user's transactions, the newest first. */
    public record ListTransactions(UUID userId, PageRequest page) implements Request<Page<Transaction>> {}
}
