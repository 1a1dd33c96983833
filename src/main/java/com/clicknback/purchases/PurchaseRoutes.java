package com.clicknback.purchases;

import com.clicknback.audit.Actor;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Caller;
import com.clicknback.platform.http.CodePoints;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.OrNull;
import com.clicknback.platform.http.Routes;
import io.vertx.core.Future;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Purchases over HTTP, for their users and for admins. */
public final class PurchaseRoutes implements Routes {
    private static final String LIST = "purchases";
    private static final String MY_LIST = "my-purchases";
    private static final int LIMIT_DEFAULT = 10;

    private final Bus bus;

    public PurchaseRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("createPurchase", this::create)
                .on("listPurchases", this::list)
                .on("listMyPurchases", this::listMine)
                .on("getPurchase", this::get)
                .on("confirmPurchase", this::confirm)
                .on("rejectPurchase", this::reject)
                .on("reversePurchase", this::reverse);
    }

    private record Created(UUID id, PurchaseStatus status, Money cashbackAmount) {}

    private Future<Answer> create(Call call) {
        PurchaseMembers members = call.body(PurchaseMembers.class);
        UUID callerId = call.user().id();
        if (!members.userId().equals(callerId)) {
            throw new DomainException(
                    ErrorCode.FORBIDDEN,
                    "A purchase can be submitted for oneself only.",
                    Map.of("reason", "user_id is not the caller's"));
        }
        return bus.ask(new IngestPurchases(List.of(members.toSubmission(null, ""))))
                .map(answer -> created(answer.verdicts().get(0), members, callerId));
    }

    private static Answer created(Verdict verdict, PurchaseMembers members, UUID callerId) {
        if (verdict instanceof Verdict.Accepted accepted) {
            return Answer.created(new Created(accepted.id(), PurchaseStatus.PENDING, accepted.cashback()));
        }
        if (verdict instanceof Verdict.Known known) {
            throw duplicate(known, members.externalId(), callerId);
        }
        throw ((Verdict.Refused) verdict).toException();
    }

    /** Somebody else's purchase is not described. */
    private static DomainException duplicate(Verdict.Known known, String externalId, UUID callerId) {
        String action = "Use another external_id for another purchase.";
        Map<String, Object> details = known.userId().equals(callerId)
                ? DomainException.details(
                        "external_id", externalId,
                        "purchase_id", known.id().toString(),
                        "status", known.status().wireName(),
                        "previously_created_at", known.createdAt(),
                        "previously_processed_amount", known.amount(),
                        "action", action)
                : DomainException.details("external_id", externalId, "action", action);
        return new DomainException(ErrorCode.DUPLICATE_PURCHASE, "This external_id was submitted before.", details);
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
                new ListPurchases(
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
                MY_LIST, new ListPurchases(listing.page(), status, call.user().id(), null, null, null));
    }

    private Future<Answer> page(String list, ListPurchases wanted) {
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
        return bus.ask(new FindPurchase(id)).map(purchase -> {
            requireOwnerOrAdmin(call.user(), purchase);
            return Answer.ok(purchase);
        });
    }

    static void requireOwnerOrAdmin(Caller.User caller, Purchase purchase) {
        if (!caller.admin() && !purchase.userId().equals(caller.id())) {
            throw new DomainException(
                    ErrorCode.FORBIDDEN,
                    "The purchase belongs to another user.",
                    DomainException.details(
                            "resource_type",
                            "purchase",
                            "resource_id",
                            purchase.id().toString()));
        }
    }

    private record Decided(UUID id, PurchaseStatus status, Money cashbackAmount) {}

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

    private Future<Answer> decide(Call call, Decision decision, @Nullable String reason) {
        Actor actor = Actor.admin(call.user().id(), call.requestId());
        UUID id = call.id("id", "purchase");
        return bus.ask(new DecidePurchase(id, decision, reason, actor))
                .map(decided -> Answer.ok(new Decided(decided.id(), decided.status(), decided.cashback())));
    }
}
