package com.clicknback.partnerevents;

import com.clicknback.partners.Partners;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The events of partners over HTTP, for administrators. */
public final class RecordedEventRoutes implements Routes {
    private static final String EVENTS = "partner_events";

    private final Bus bus;

    public RecordedEventRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("listPartnerEvents", this::list);
    }

    record Filters(@Nullable EventOutcome outcome) {}

    private Future<Answer> list(Call call) {
        var listing = call.listing(EVENTS, Filters.class);
        UUID partnerId = call.id("id", "partner");
        return bus.ask(new Partners.Find(partnerId))
                .compose(partner -> bus.ask(
                        new PartnerEvents.List(partnerId, listing.filters().outcome(), listing.page())))
                .map(page -> Answer.page(EVENTS, page, Function.identity()));
    }
}
