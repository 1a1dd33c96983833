package com.clicknback.merchants;

import com.clicknback.audit.Actor;
import com.clicknback.holds.Hold;
import com.clicknback.money.TenThousandths;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.json.ActiveStatus;
import com.clicknback.platform.json.CodePoints;
import com.clicknback.platform.json.FractionDigits;
import com.clicknback.platform.json.Names;
import com.clicknback.platform.json.OrNull;
import com.clicknback.platform.json.Visible;
import io.vertx.core.Future;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/** Merchants over HTTP. */
public final class MerchantRoutes implements Routes {
    private static final String LIST = "merchants";
    private static final String HISTORY = "merchants/history";

    private final Bus bus;

    public MerchantRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("createMerchant", this::create)
                .on("listMerchants", this::list)
                .on("getMerchant", this::get)
                .on("setMerchantStatus", this::setStatus)
                .on("updateMerchant", this::update)
                .on("listMerchantHistory", this::history);
    }

    record Creation(
            @NotNull @Visible @CodePoints(min = 1, max = 255)
            String name,

            @NotNull @FractionDigits(4) BigDecimal defaultCashbackPercentage,

            @OrNull @Nullable @Range(min = 0, max = Hold.DAYS_MAX)
            Integer holdDays,

            @OrNull @Nullable @TrackingUrl String trackingUrlTemplate,

            @Nullable @Range(min = Tracking.ATTRIBUTION_DAYS_MIN, max = Tracking.ATTRIBUTION_DAYS_MAX)
            Integer attributionDays,

            @Nullable Boolean active) {

        Creation {
            name = Names.normalise(name);
        }

        Tracking tracking() {
            return new Tracking(
                    trackingUrlTemplate, attributionDays == null ? Tracking.ATTRIBUTION_DAYS_DEFAULT : attributionDays);
        }
    }

    /** Absent members stay as they are; null takes away what a merchant need not have. */
    record Changes(
            @Nullable @Visible @CodePoints(min = 1, max = 255)
            String name,

            @Nullable @FractionDigits(4) BigDecimal defaultCashbackPercentage,

            @OrNull @Nullable @Range(min = 0, max = Hold.DAYS_MAX)
            Integer holdDays,

            @OrNull @Nullable @TrackingUrl String trackingUrlTemplate,

            @Nullable @Range(min = Tracking.ATTRIBUTION_DAYS_MIN, max = Tracking.ATTRIBUTION_DAYS_MAX)
            Integer attributionDays) {

        Changes {
            name = name == null ? null : Names.normalise(name);
        }
    }

    record PeriodView(
            @Nullable Instant activeFrom,
            @Nullable Instant activeUntil,
            BigDecimal defaultCashbackPercentage,
            @Nullable Integer holdDays) {

        static PeriodView of(MerchantPeriod period) {
            return new PeriodView(
                    period.activeFrom(),
                    period.activeUntil(),
                    TenThousandths.toDecimal(period.defaultPercentageE4()),
                    period.holdDays());
        }
    }

    record Filters(
            @Nullable Boolean active,
            @Nullable @CodePoints(min = 1, max = 255) String name) {
        Filters {
            name = Names.composed(name);
        }
    }

    record View(
            UUID id,
            String name,
            BigDecimal defaultCashbackPercentage,
            @Nullable Integer holdDays,
            @Nullable String trackingUrlTemplate,
            int attributionDays,
            boolean active,
            ActiveStatus status,
            Instant createdAt) {

        static View of(Merchant merchant) {
            return new View(
                    merchant.id(),
                    merchant.name(),
                    TenThousandths.toDecimal(merchant.defaultPercentageE4()),
                    merchant.holdDays(),
                    merchant.tracking().urlTemplate(),
                    merchant.tracking().attributionDays(),
                    merchant.active(),
                    ActiveStatus.of(merchant.active()),
                    merchant.createdAt());
        }
    }

    private Future<Answer> create(Call call) {
        Creation wanted = call.body(Creation.class);
        boolean active = wanted.active() == null || wanted.active();
        return bus.ask(new Merchants.Create(
                        wanted.name(),
                        wanted.defaultCashbackPercentage(),
                        wanted.holdDays(),
                        wanted.tracking(),
                        active,
                        admin(call)))
                .map(merchant -> Answer.created(View.of(merchant)));
    }

    private Future<Answer> list(Call call) {
        Listing<Filters> wanted = call.listing(LIST, Filters.class);
        return bus.ask(new Merchants.List(
                        wanted.page(),
                        wanted.filters().active(),
                        wanted.filters().name()))
                .map(page -> Answer.page(LIST, page, View::of));
    }

    private Future<Answer> get(Call call) {
        return bus.ask(new Merchants.Find(call.id("id", "merchant"))).map(merchant -> Answer.ok(View.of(merchant)));
    }

    private Future<Answer> setStatus(Call call) {
        boolean active = call.body(ActiveStatus.Change.class).active();
        return bus.ask(new Merchants.SetStatus(call.id("id", "merchant"), active, admin(call)))
                .map(merchant -> Answer.ok(View.of(merchant)));
    }

    private Future<Answer> update(Call call) {
        Changes wanted = call.body(Changes.class);
        return bus.ask(new Merchants.Update(
                        call.id("id", "merchant"),
                        wanted.name(),
                        wanted.defaultCashbackPercentage(),
                        wanted.holdDays(),
                        call.isNull("hold_days"),
                        wanted.trackingUrlTemplate(),
                        call.isNull("tracking_url_template"),
                        wanted.attributionDays(),
                        admin(call)))
                .map(merchant -> Answer.ok(View.of(merchant)));
    }

    private Future<Answer> history(Call call) {
        Listing<Listing.NoFilters> wanted = call.listing(HISTORY, Listing.NoFilters.class);
        return bus.ask(new Merchants.History(call.id("id", "merchant"), wanted.page()))
                .map(page -> Answer.page(HISTORY, page, PeriodView::of));
    }

    private static Actor admin(Call call) {
        return Actor.admin(call.user().id(), call.requestId());
    }
}
