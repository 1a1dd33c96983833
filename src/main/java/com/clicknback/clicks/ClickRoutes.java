package com.clicknback.clicks;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.users.Users;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Clicks over HTTP: made and listed by users, followed by anybody; and the keys that verify their receipts. */
public final class ClickRoutes implements Routes {
    private static final String MY_LIST = "my-clicks";
    private static final String USER_LIST = "user-clicks";
    private static final int FOUND = 302;
    private static final String JSON = "application/json";

    /** A verifier may keep the keys for so long; a new key is published before it signs. */
    private static final String KEYS_CACHED = "public, max-age=300";

    /** The merchant learns of the click by its id; the page on which a user has followed it is none of its business. */
    private static final String REFERRER_POLICY = "no-referrer";

    private final Bus bus;
    private final Buffer publicKeys;

    public ClickRoutes(Bus bus, Receipts receipts) {
        this.bus = bus;
        this.publicKeys = receipts.publicKeys().toBuffer();
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("createClick", this::make)
                .on("listMyClicks", this::listMine)
                .on("listUserClicks", this::listOfUser)
                .on("followClick", this::follow)
                .on(
                        "getReceiptKeys",
                        call -> Future.succeededFuture(Answer.raw(publicKeys, JSON)
                                .with("Cache-Control", KEYS_CACHED)
                                // A cache may give one origin the answer to another, which names that one or none.
                                .with("Vary", "Origin")));
    }

    private record Wanted(@NotNull UUID merchantId) {}

    private record Created(ClickId id, String redirectUrl, PromisedTerms terms, String receipt, Instant expiresAt) {}

    private Future<Answer> make(Call call) {
        UUID merchantId = call.body(Wanted.class).merchantId();
        return bus.ask(new Clicks.Make(call.user().id(), merchantId))
                .map(made -> Answer.created(new Created(
                        made.click().id(),
                        made.redirectUrl(),
                        made.terms(),
                        made.receipt(),
                        made.click().expiresAt())));
    }

    private Future<Answer> listMine(Call call) {
        Listing<Listing.NoFilters> listing = call.listing(MY_LIST, Listing.NoFilters.class);
        return page(MY_LIST, call.user().id(), listing);
    }

    private Future<Answer> listOfUser(Call call) {
        Listing<Listing.NoFilters> listing = call.listing(USER_LIST, Listing.NoFilters.class);
        return bus.ask(new Users.Get(call.id("id", "user"))).compose(user -> page(USER_LIST, user.id(), listing));
    }

    private Future<Answer> page(String list, UUID userId, Listing<Listing.NoFilters> listing) {
        return bus.ask(new Clicks.List(userId, listing.page().byCursor()))
                .map(page -> Answer.page(list, page, Function.identity()));
    }

    private Future<Answer> follow(Call call) {
        return bus.ask(new Clicks.Follow(call.pathParameter("id")))
                .map(destination -> new Answer(
                        FOUND, null, Map.of("Location", destination.url(), "Referrer-Policy", REFERRER_POLICY)));
    }
}
