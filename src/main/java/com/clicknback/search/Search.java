package com.clicknback.search;

import com.clicknback.merchants.Merchant;
import com.clicknback.merchants.Merchants;
import com.clicknback.money.TenThousandths;
import com.clicknback.offers.Offer;
import com.clicknback.offers.Offers;
import com.clicknback.partners.Partner;
import com.clicknback.partners.Partners;
import com.clicknback.payouts.Payouts;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.json.CanonicalUuid;
import com.clicknback.platform.json.Wire;
import com.clicknback.purchases.Purchase;
import com.clicknback.purchases.Purchases;
import com.clicknback.search.SearchResult.Type;
import com.clicknback.users.User;
import com.clicknback.users.Users;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Asks each domain for what a text names. Every lookup is by an index and finds few things. */
final class Search {
    private final Bus bus;

    Search(Bus bus) {
        this.bus = bus;
    }

    /** Things that have this id, external id or reference of an order, or whose e-mail or name begins so. */
    Future<List<SearchResult>> of(String text) {
        if (text.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        List<Future<List<SearchResult>>> lookups = new ArrayList<>();
        UUID id = CanonicalUuid.of(text);
        if (id != null) {
            lookups.addAll(byId(id));
        }
        lookups.add(
                bus.ask(new Purchases.FindByExternalId(text)).map(found -> results(found.purchases(), Search::result)));
        lookups.add(bus.ask(new Users.FindByEmail(text)).map(found -> results(found.users(), Search::result)));
        lookups.add(bus.ask(new Merchants.FindByName(text)).map(found -> results(found.merchants(), Search::result)));
        lookups.add(bus.ask(new Partners.FindByName(text)).map(found -> results(found.partners(), Search::result)));
        return Future.all(lookups)
                .map(all -> lookups.stream()
                        .flatMap(lookup -> lookup.result().stream())
                        .toList());
    }

    private List<Future<List<SearchResult>>> byId(UUID id) {
        return List.of(
                found(new Purchases.Find(id), Search::result),
                bus.ask(new Users.Find(id))
                        .map(found -> found.user() == null ? List.of() : List.of(result(found.user()))),
                found(
                        new Payouts.Find(id),
                        payout -> new SearchResult(
                                Type.PAYOUT,
                                id,
                                payout.amount() + " " + payout.amount().currency() + ", "
                                        + Wire.name(payout.status()))),
                found(new Partners.Find(id), partner -> new SearchResult(Type.PARTNER, id, partner.name())),
                found(new Merchants.Find(id), Search::result),
                found(new Offers.Find(id, false), Search::result));
    }

    /** Nothing, when there is no such thing. */
    private <A extends Record> Future<List<SearchResult>> found(Request<A> request, Function<A, SearchResult> result) {
        return bus.ask(request)
                .map(answer -> List.of(result.apply(answer)))
                .recover(failure -> failure instanceof DomainException refusal && refusal.code() == ErrorCode.NOT_FOUND
                        ? Future.succeededFuture(List.of())
                        : Future.failedFuture(failure));
    }

    private static <T> List<SearchResult> results(List<T> found, Function<T, SearchResult> result) {
        return found.stream().map(result).toList();
    }

    private static SearchResult result(Purchase purchase) {
        return new SearchResult(Type.PURCHASE, purchase.id(), purchase.externalId() + " at " + purchase.merchantName());
    }

    private static SearchResult result(User user) {
        return new SearchResult(Type.USER, user.id(), user.email());
    }

    private static SearchResult result(Merchant merchant) {
        return new SearchResult(Type.MERCHANT, merchant.id(), merchant.name());
    }

    private static SearchResult result(Partner partner) {
        return new SearchResult(Type.PARTNER, partner.id(), partner.name());
    }

    private static SearchResult result(Offer offer) {
        String value = TenThousandths.toDecimal(offer.cashbackValueE4()).toPlainString();
        return new SearchResult(
                Type.OFFER,
                offer.id(),
                offer.merchant().name() + ", " + value + " " + Wire.name(offer.cashbackType()) + ", "
                        + offer.window().start() + " to " + offer.window().end());
    }
}
