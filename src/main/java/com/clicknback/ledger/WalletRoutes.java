package com.clicknback.ledger;

import com.clicknback.money.Money;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.users.Users;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Wallets over HTTP, for their users and for admins. */
public final class WalletRoutes implements Routes {
    private static final String LIST = "transactions";
    private static final String USER_LIST = "user-transactions";
    private static final int LIMIT_DEFAULT = 10;

    private final Bus bus;

    public WalletRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("getWallet", this::get)
                .on("listWalletTransactions", this::list)
                .on("getUserWallet", this::getOfUser)
                .on("listUserWalletTransactions", this::listOfUser);
    }

    private record SummaryView(
            @JsonUnwrapped WalletView balances, Money heldBalance, List<WalletSummary.Release> nextReleases) {
        static SummaryView of(WalletSummary wallet) {
            return new SummaryView(WalletView.of(wallet.balances()), wallet.held(), wallet.nextReleases());
        }
    }

    private record BalancedView(@JsonUnwrapped TransactionView transaction, WalletView balancesAfter) {
        static BalancedView of(BalancedTransaction line) {
            return new BalancedView(TransactionView.of(line.transaction()), WalletView.of(line.after()));
        }
    }

    private Future<Answer> get(Call call) {
        return bus.ask(new Wallets.Find(call.user().id())).map(wallet -> Answer.ok(SummaryView.of(wallet)));
    }

    private Future<Answer> list(Call call) {
        Listing<Listing.NoFilters> listing = call.listing(LIST, Listing.NoFilters.class, LIMIT_DEFAULT);
        UUID userId = call.user().id();
        return bus.ask(new Wallets.ListTransactions(userId, listing.page()))
                .map(page -> Answer.page(LIST, page, TransactionView::of));
    }

    private Future<Answer> getOfUser(Call call) {
        return bus.ask(new Users.Get(call.id("id", "user")))
                .compose(user -> bus.ask(new Wallets.Find(user.id())))
                .map(wallet -> Answer.ok(SummaryView.of(wallet)));
    }

    private Future<Answer> listOfUser(Call call) {
        Listing<Listing.NoFilters> listing = call.listing(USER_LIST, Listing.NoFilters.class, LIMIT_DEFAULT);
        return bus.ask(new Users.Get(call.id("id", "user")))
                .compose(user -> bus.ask(new Wallets.ListWithBalances(user.id(), listing.page())))
                .map(page -> Answer.page(USER_LIST, page, BalancedView::of));
    }
}
