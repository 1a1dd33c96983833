package com.clicknback.purchases.http;

import com.clicknback.audit.Actor;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.json.CodePoints;
import com.clicknback.platform.json.OrNull;
import com.clicknback.purchases.CashbackStatus;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.PurchaseStatus;
import com.clicknback.purchases.Purchases;
import com.clicknback.users.Users;
import io.vertx.core.Future;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Purchases over HTTP, for their users and for admins. */
public final class PurchaseRoutes implements Routes {
    private static final String LIST = "purchases";
    private static final String MY_LIST = "my-purchases";
    private static final String USER_LIST = "user-purchases";
    private static final int LIMIT_DEFAULT = 10;

    private final Bus bus;

    public PurchaseRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("listPurchases", this::list)
                .on("listMyPurchases", this::listMine)
                .on("listUserPurchases", this::listOfUser)
                .on("getPurchase", this::get)
                .on("confirmPurchase", this::confirm)
                .on("rejectPurchase", this::reject)
                .on("reversePurchase", this::reverse)
                .on("releaseCashback", this::release);
    }

    private record Filters(
            @Nullable String status,
            @Nullable UUID userId,
            @Nullable UUID merchantId,
            @Nullable LocalDate startDate,
            @Nullable LocalDate endDate) {}

    private Future<Answer> list(Call call) {
        Listing<Filters> listing = call.listing(LIST, Filters.class, LIMIT_DEFAULT);
        Filters filters = listing.filters();
        return page(
                LIST,
                new Purchases.List(
                        listing.page(),
                        status(filters.status()),
                        filters.userId(),
                        filters.merchantId(),
                        filters.startDate(),
                        filters.endDate()));
    }

    private record MyFilters(@Nullable String status) {}

    private Future<Answer> listMine(Call call) {
        Listing<MyFilters> listing = call.listing(MY_LIST, MyFilters.class, LIMIT_DEFAULT);
        PurchaseStatus status = status(listing.filters().status());
        return page(
                MY_LIST, new Purchases.List(listing.page(), status, call.user().id(), null, null, null));
    }

    private Future<Answer> listOfUser(Call call) {
        Listing<MyFilters> listing = call.listing(USER_LIST, MyFilters.class, LIMIT_DEFAULT);
        PurchaseStatus status = status(listing.filters().status());
        return bus.ask(new Users.Get(call.id("id", "user")))
                .compose(user ->
                        page(USER_LIST, new Purchases.List(listing.page(), status, user.id(), null, null, null)));
    }

    private Future<Answer> page(String list, Purchases.List wanted) {
        return bus.ask(wanted).map(page -> Answer.page(list, page, Function.identity()));
    }

    private static @Nullable PurchaseStatus status(@Nullable String name) {
        if (name == null) {
            return null;
        }
        return PurchaseStatus.ofWireName(name)
                .orElseThrow(() -> new DomainException(
                        ErrorCode.INVALID_PURCHASE_STATUS,
                        "The status must be pending, confirmed, rejected or reversed."));
    }

    private Future<Answer> get(Call call) {
        UUID id = call.id("id", "purchase");
        return bus.ask(new Purchases.Find(id)).map(purchase -> {
            PurchaseAccess.requireOwnerOrAdmin(call.user(), purchase);
            return Answer.ok(purchase);
        });
    }

    private record Decided(
            UUID id,
            PurchaseStatus status,
            Money cashbackAmount,
            CashbackStatus cashbackStatus,
            @Nullable Instant payableAt) {
        static Decided of(Purchases.Decided decided) {
            return new Decided(
                    decided.id(), decided.status(), decided.cashback(), decided.cashbackStatus(), decided.payableAt());
        }
    }

    private Future<Answer> confirm(Call call) {
        return decide(call, Decision.CONFIRM, null);
    }

    private record RejectionMembers(
            @NotNull @CodePoints(min = 1, max = 1000) String reason) {}

    private Future<Answer> reject(Call call) {
        return decide(call, Decision.REJECT, call.body(RejectionMembers.class).reason());
    }

    private record ReversalMembers(
            @OrNull @Nullable @CodePoints(min = 1, max = 1000)
            String reason) {}

    private Future<Answer> reverse(Call call) {
        return decide(call, Decision.REVERSE, call.body(ReversalMembers.class).reason());
    }

    private Future<Answer> release(Call call) {
        Actor actor = Actor.admin(call.user().id(), call.requestId());
        String reason = call.body(ReversalMembers.class).reason();
        return bus.ask(new Purchases.Release(call.id("id", "purchase"), reason, actor))
                .map(released -> Answer.ok(Decided.of(released)));
    }

    private Future<Answer> decide(Call call, Decision decision, @Nullable String reason) {
        Actor actor = Actor.admin(call.user().id(), call.requestId());
        UUID id = call.id("id", "purchase");
        return bus.ask(new Purchases.Decide(id, decision, reason, actor))
                .map(decided -> Answer.ok(Decided.of(decided)));
    }
}
