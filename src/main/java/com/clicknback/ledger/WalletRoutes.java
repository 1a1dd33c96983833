package com.clicknback.ledger;

import com.clicknback.money.Money;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Function;

/** A user's own wallet over HTTP. */
public final class WalletRoutes implements Routes {
    private static final String LIST = "transactions";
    private static final int LIMIT_DEFAULT = 10;

    private final Bus bus;

    public WalletRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("getWallet", this::get).on("listWalletTransactions", this::list);
    }

    private record Wallet(Money pendingBalance, Money availableBalance, Money reservedBalance, Money paidBalance) {
        static Wallet of(Balances balances) {
            return new Wallet(balances.pending(), balances.available(), balances.reserved(), balances.paid());
        }
    }

    private Future<Answer> get(Call call) {
        return bus.ask(new FindWallet(call.user().id())).map(balances -> Answer.ok(Wallet.of(balances)));
    }

    private Future<Answer> list(Call call) {
        Listing<Listing.NoFilters> listing = call.listing(LIST, Listing.NoFilters.class, LIMIT_DEFAULT);
        UUID userId = call.user().id();
        return bus.ask(new ListTransactions(userId, listing.page()))
                .map(page -> Answer.page(LIST, page, Function.identity()));
    }
}
