package com.clicknback.payouts;

import com.clicknback.audit.Actor;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Caller;
import com.clicknback.platform.http.Keyed;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.json.CodePoints;
import com.clicknback.platform.json.Names;
import com.clicknback.platform.json.OrNull;
import com.clicknback.platform.json.Visible;
import com.clicknback.users.User;
import com.clicknback.users.Users;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.vertx.core.Future;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Payouts over HTTP, for their users and for admins. */
public final class PayoutRoutes implements Routes {
    private static final String LIST = "payouts";
    private static final String MY_LIST = "my-payouts";
    private static final String USER_LIST = "user-payouts";

    private final Bus bus;

    public PayoutRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("requestPayout", this::request)
                .on("listMyPayouts", this::listMine)
                .on("listPayouts", this::list)
                .on("listUserPayouts", this::listOfUser)
                .on("getPayout", this::get)
                .on("setPayoutStatus", this::setStatus);
    }

    /** The body of requestPayout. */
    record PayoutMembers(
            @NotNull Money amount,
            @NotNull PayoutMethod method,
            @NotNull @Valid DestinationMembers details) {}

    /** The destination of a payout as the user writes it. */
    record DestinationMembers(
            @NotNull @ValidIban String iban,

            @NotNull @Visible @CodePoints(min = 1, max = 140)
            String accountHolder) {

        DestinationMembers {
            accountHolder = Names.normalise(accountHolder);
        }

        Destination toDestination() {
            return new Destination(Iban.normalise(iban), accountHolder);
        }

        @Override
        public String toString() {
            return "DestinationMembers[…]";
        }
    }

    private Future<Answer> request(Call call) {
        Keyed<PayoutMembers> keyed = call.keyedBody(PayoutMembers.class);
        PayoutMembers members = keyed.body();
        return bus.ask(new Payouts.Create(
                        call.user().id(),
                        members.amount(),
                        members.details().toDestination(),
                        keyed.idempotencyKey(),
                        actor(call)))
                .map(requested -> {
                    Answer created = Answer.created(requested.payout());
                    return requested.replayed() ? created.asReplay() : created;
                });
    }

    private static Actor actor(Call call) {
        Caller.User user = call.user();
        return user.admin() ? Actor.admin(user.id(), call.requestId()) : Actor.user(user.id(), call.requestId());
    }

    private record MyFilters(@Nullable PayoutStatus status) {}

    private Future<Answer> listMine(Call call) {
        Listing<MyFilters> listing = call.listing(MY_LIST, MyFilters.class);
        PayoutStatus status = listing.filters().status();
        return page(
                MY_LIST, new Payouts.List(listing.page(), status, call.user().id(), null, null));
    }

    private Future<Answer> listOfUser(Call call) {
        Listing<MyFilters> listing = call.listing(USER_LIST, MyFilters.class);
        PayoutStatus status = listing.filters().status();
        return bus.ask(new Users.Get(call.id("id", "user")))
                .compose(user -> page(USER_LIST, new Payouts.List(listing.page(), status, user.id(), null, null)));
    }

    private record Filters(
            @Nullable PayoutStatus status,
            @Nullable UUID userId,
            @Nullable LocalDate startDate,
            @Nullable LocalDate endDate) {}

    private Future<Answer> list(Call call) {
        Listing<Filters> listing = call.listing(LIST, Filters.class);
        Filters filters = listing.filters();
        return bus.ask(new Payouts.List(
                        listing.page(), filters.status(), filters.userId(), filters.startDate(), filters.endDate()))
                .compose(page -> emails(page)
                        .map(emails -> Answer.page(
                                LIST, page, payout -> new QueuedView(payout, emails.get(payout.userId())))));
    }

    /**
     * A payout in the queue of administrators.
     *
     * @param userEmail null once its user is erased
     */
    private record QueuedView(
            @JsonUnwrapped Payout payout, @Nullable String userEmail) {}

    /** The e-mails of the users of a page, by id; their domain looks all of them up at once. */
    private Future<Map<UUID, String>> emails(Page<Payout> page) {
        List<Future<Users.Found>> lookups = page.items().stream()
                .map(Payout::userId)
                .distinct()
                .map(id -> bus.ask(new Users.Find(id)))
                .toList();
        return Future.all(lookups)
                .map(all -> lookups.stream()
                        .map(lookup -> lookup.result().user())
                        .filter(user -> user != null && user.erasedAt() == null)
                        .collect(Collectors.toMap(User::id, User::email)));
    }

    private Future<Answer> page(String list, Payouts.List wanted) {
        return bus.ask(wanted).map(page -> Answer.page(list, page, Function.identity()));
    }

    private Future<Answer> get(Call call) {
        UUID id = call.id("id", "payout");
        return bus.ask(new Payouts.Find(id)).map(payout -> {
            requireOwnerOrAdmin(call.user(), payout);
            return Answer.ok(payout);
        });
    }

    private static void requireOwnerOrAdmin(Caller.User caller, Payout payout) {
        if (!caller.admin() && !payout.userId().equals(caller.id())) {
            throw new DomainException(
                    ErrorCode.FORBIDDEN,
                    "The payout belongs to another user.",
                    DomainException.details(
                            "resource_type",
                            "payout",
                            "resource_id",
                            payout.id().toString()));
        }
    }

    /** The body of setPayoutStatus. */
    @FailureReasoned
    record StatusMembers(
            @NotNull Step status,

            @OrNull @Nullable @CodePoints(min = 1, max = 255)
            String externalReference,

            @OrNull @Nullable @CodePoints(min = 1, max = 1000)
            String failureReason) {

        /** The states that an admin can set. */
        enum Step {
            PROCESSING(PayoutStatus.PROCESSING),
            COMPLETED(PayoutStatus.COMPLETED),
            FAILED(PayoutStatus.FAILED);

            private final PayoutStatus status;

            Step(PayoutStatus status) {
                this.status = status;
            }
        }
    }

    private Future<Answer> setStatus(Call call) {
        StatusMembers members = call.body(StatusMembers.class);
        return bus.ask(new Payouts.SetStatus(
                        call.id("id", "payout"),
                        members.status().status,
                        members.externalReference(),
                        members.failureReason(),
                        Actor.admin(call.user().id(), call.requestId())))
                .map(Answer::ok);
    }
}
