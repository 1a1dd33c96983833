package com.clicknback.offers;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.CashbackType;
import com.clicknback.holds.Hold;
import com.clicknback.money.Money;
import com.clicknback.money.TenThousandths;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.errors.Violation;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Caller;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.json.ActiveStatus;
import com.clicknback.platform.json.FractionDigits;
import com.clicknback.platform.json.OrDecimalString;
import com.clicknback.platform.json.OrNull;
import io.vertx.core.Future;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/** Offers over HTTP. */
public final class OfferRoutes implements Routes {
    private static final String LIST = "offers";
    private static final String HISTORY = "offers/history";
    private static final String LIST_IN_FORCE = "offers/active";

    private final Bus bus;

    public OfferRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("createOffer", this::create)
                .on("previewOfferDraft", this::previewDraft)
                .on("listOffers", this::list)
                .on("listActiveOffers", this::listInForce)
                .on("getOffer", this::get)
                .on("setOfferStatus", this::setStatus)
                .on("updateOffer", this::update)
                .on("listOfferHistory", this::history)
                .on("previewOffer", this::preview);
    }

    record Creation(
            @NotNull UUID merchantId,
            @NotNull CashbackType cashbackType,
            @NotNull @OrDecimalString @FractionDigits(4) BigDecimal cashbackValue,
            @NotNull LocalDate startDate,
            @NotNull LocalDate endDate,
            @NotNull @OrDecimalString @FractionDigits(2) BigDecimal monthlyCap,

            @OrNull @Nullable @Range(min = 0, max = Hold.DAYS_MAX)
            Integer holdDays) {

        Offers.Create toMessage(Actor actor) {
            return new Offers.Create(
                    merchantId,
                    cashbackType,
                    cashbackValue,
                    new OfferWindow(startDate, endDate),
                    monthlyCap,
                    holdDays,
                    actor);
        }
    }

    /** Absent members stay as they are; those that cannot change may be given as they are. */
    record Changes(
            @Nullable UUID merchantId,
            @Nullable CashbackType cashbackType,
            @Nullable @OrDecimalString @FractionDigits(4) BigDecimal cashbackValue,
            @Nullable LocalDate startDate,
            @Nullable LocalDate endDate,
            @Nullable @OrDecimalString @FractionDigits(2) BigDecimal monthlyCap,

            @OrNull @Nullable @Range(min = 0, max = Hold.DAYS_MAX)
            Integer holdDays) {}

    record PeriodView(
            Instant activeFrom,
            @Nullable Instant activeUntil,
            CashbackType cashbackType,
            BigDecimal cashbackValue,
            BigDecimal monthlyCap,
            @Nullable Integer holdDays,
            LocalDate startDate,
            LocalDate endDate) {

        static PeriodView of(OfferPeriod period) {
            return new PeriodView(
                    period.activeFrom(),
                    period.activeUntil(),
                    period.cashbackType(),
                    TenThousandths.toDecimal(period.cashbackValueE4()),
                    period.monthlyCap().toDecimal(),
                    period.holdDays(),
                    period.window().start(),
                    period.window().end());
        }
    }

    /** The filters of listOffers. A wrong status violates a rule, unlike a malformed id or date, so any text decodes. */
    record Filters(
            @Nullable String status,
            @Nullable UUID merchantId,
            @Nullable LocalDate dateFrom,
            @Nullable LocalDate dateTo) {

        /** Fails with RULE_VIOLATION, naming each filter that makes no sense. */
        void requireSense() {
            List<Violation> violations = new ArrayList<>();
            if (status != null && !status.equals("active") && !status.equals("inactive")) {
                violations.add(new Violation("status", "must be active or inactive"));
            }
            if (dateFrom != null && dateTo != null && dateFrom.isAfter(dateTo)) {
                violations.add(new Violation("date_from", "must not lie after date_to"));
            }
            if (!violations.isEmpty()) {
                throw DomainException.withViolations(
                        ErrorCode.RULE_VIOLATION, "The filters make no sense.", violations);
            }
        }

        @Nullable
        Boolean active() {
            return status == null ? null : status.equals("active");
        }
    }

    record View(
            UUID id,
            UUID merchantId,
            String merchantName,
            boolean takesClicks,
            CashbackType cashbackType,
            BigDecimal cashbackValue,
            BigDecimal monthlyCap,
            BigDecimal monthlyCapPerUser,
            @Nullable Integer holdDays,
            LocalDate startDate,
            LocalDate endDate,
            ActiveStatus status,
            Instant createdAt) {

        static View of(Offer offer) {
            BigDecimal monthlyCap = offer.monthlyCap().toDecimal();
            return new View(
                    offer.id(),
                    offer.merchantId(),
                    offer.merchant().name(),
                    offer.merchant().takesClicks(),
                    offer.cashbackType(),
                    TenThousandths.toDecimal(offer.cashbackValueE4()),
                    monthlyCap,
                    monthlyCap,
                    offer.holdDays(),
                    offer.window().start(),
                    offer.window().end(),
                    ActiveStatus.of(offer.active()),
                    offer.createdAt());
        }
    }

    private Future<Answer> create(Call call) {
        return bus.ask(call.body(Creation.class).toMessage(admin(call))).map(offer -> Answer.created(View.of(offer)));
    }

    record DraftMembers(
            @NotNull @Valid Creation offer,
            @NotNull Money amount,
            @NotNull LocalDate date) {}

    record DraftView(
            LocalDate date,
            boolean inWindow,
            Money amount,
            String unrounded,
            Money rounded,
            boolean clamped,
            Money cashback,
            Money creditedAmount,
            List<View> overlaps) {

        static DraftView of(DraftPreview preview) {
            return new DraftView(
                    preview.date(),
                    preview.inWindow(),
                    preview.amount(),
                    preview.unrounded(),
                    preview.rounded(),
                    preview.clamped(),
                    preview.cashback(),
                    preview.credited(),
                    preview.overlaps().stream().map(View::of).toList());
        }
    }

    private Future<Answer> previewDraft(Call call) {
        DraftMembers wanted = call.body(DraftMembers.class);
        return bus.ask(new Offers.PreviewDraft(wanted.offer().toMessage(admin(call)), wanted.amount(), wanted.date()))
                .map(preview -> Answer.ok(DraftView.of(preview)))
                .recover(failure -> Future.failedFuture(
                        failure instanceof DomainException refusal ? refusal.within("offer") : failure));
    }

    private Future<Answer> list(Call call) {
        Listing<Filters> wanted = call.listing(LIST, Filters.class);
        Filters filters = wanted.filters();
        filters.requireSense();
        return bus.ask(new Offers.List(
                        wanted.page(),
                        openOnly(call),
                        filters.active(),
                        filters.merchantId(),
                        filters.dateFrom(),
                        filters.dateTo()))
                .map(page -> Answer.page(LIST, page, View::of));
    }

    private Future<Answer> listInForce(Call call) {
        Listing<Listing.NoFilters> wanted = call.listing(LIST_IN_FORCE, Listing.NoFilters.class);
        return bus.ask(new Offers.ListInForce(wanted.page())).map(page -> Answer.page(LIST_IN_FORCE, page, View::of));
    }

    private Future<Answer> get(Call call) {
        return bus.ask(new Offers.Find(call.id("id", "offer"), openOnly(call))).map(offer -> Answer.ok(View.of(offer)));
    }

    private Future<Answer> setStatus(Call call) {
        boolean active = call.body(ActiveStatus.Change.class).active();
        return bus.ask(new Offers.SetStatus(call.id("id", "offer"), active, admin(call)))
                .map(offer -> Answer.ok(View.of(offer)));
    }

    record PreviewMembers(
            @NotNull Money amount,
            @NotNull UUID userId,
            @NotNull LocalDate date) {}

    private Future<Answer> preview(Call call) {
        PreviewMembers wanted = call.body(PreviewMembers.class);
        Caller.User asker = call.user();
        return bus.ask(new Offers.Preview(
                        call.id("id", "offer"),
                        asker.id(),
                        asker.admin(),
                        wanted.userId(),
                        wanted.amount(),
                        wanted.date()))
                .map(Answer::ok);
    }

    private Future<Answer> update(Call call) {
        Changes wanted = call.body(Changes.class);
        return bus.ask(new Offers.Update(
                        call.id("id", "offer"),
                        wanted.merchantId(),
                        wanted.cashbackType(),
                        wanted.cashbackValue(),
                        wanted.startDate(),
                        wanted.endDate(),
                        wanted.monthlyCap(),
                        wanted.holdDays(),
                        call.isNull("hold_days"),
                        admin(call)))
                .map(offer -> Answer.ok(View.of(offer)));
    }

    private Future<Answer> history(Call call) {
        Listing<Listing.NoFilters> wanted = call.listing(HISTORY, Listing.NoFilters.class);
        return bus.ask(new Offers.History(call.id("id", "offer"), wanted.page()))
                .map(page -> Answer.page(HISTORY, page, PeriodView::of));
    }

    private static boolean openOnly(Call call) {
        return !call.user().admin();
    }

    private static Actor admin(Call call) {
        return Actor.admin(call.user().id(), call.requestId());
    }
}
