package com.clicknback.offers;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.money.Money;
import com.clicknback.money.TenThousandths;
import com.clicknback.offers.Offer.OfferingMerchant;
import com.clicknback.offers.OfferStore.Claim;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.json.Wire;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Answers the messages about offers. */
public final class OffersVerticle extends VerticleBase {
    private static final String OFFER = "offer";

    private final Bus bus;
    private final Database database;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final OfferRules rules;
    private final OfferPreviews previews;
    private final OfferOverlaps overlaps;

    /**
     * @param percentageMax the largest percentage that an offer may give
     */
    public OffersVerticle(
            Bus bus, Database database, AuditTrail audit, TimeOrderedIds ids, Clock clock, BigDecimal percentageMax) {
        this.bus = bus;
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.rules = new OfferRules(percentageMax);
        this.previews = new OfferPreviews(bus);
        this.overlaps = new OfferOverlaps(database);
    }

    @Override
    public Future<?> start() {
        bus.answer(Offers.Create.class, this::create);
        bus.answer(Offers.Find.class, this::get);
        bus.<Page<Offer>, Offers.List>answer(Offers.List.class, message -> OfferStore.list(database, message));
        bus.<Page<Offer>, Offers.ListInForce>answer(Offers.ListInForce.class, this::listInForce);
        bus.answer(Offers.SetStatus.class, this::setStatus);
        bus.answer(Offers.Update.class, message -> new OfferUpdates(database, audit, clock, rules).update(message));
        bus.<Page<OfferPeriod>, Offers.History>answer(Offers.History.class, this::history);
        bus.answer(Offers.Preview.class, this::preview);
        OfferDrafts drafts = new OfferDrafts(bus, database, rules);
        bus.answer(Offers.PreviewDraft.class, message -> drafts.preview(message, today()));
        return Future.succeededFuture();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Future<Offer> create(Offers.Create message) {
        rules.firstBroken(message, today()).ifPresent(broken -> {
            throw DomainException.rule(broken.field(), broken.reason());
        });
        UUID id = ids.next();
        Claim claim = new Claim(id, message.merchantId(), message.window());
        return overlaps.writeUnlessOverlapping(
                () -> database.inTransaction(tx -> insert(tx, id, message)), () -> Future.succeededFuture(claim));
    }

    private Future<Offer> insert(SqlConnection tx, UUID id, Offers.Create message) {
        return OfferStore.lockMerchant(tx, message.merchantId())
                .map(found -> newOffer(id, message, offering(found, message.merchantId())))
                .compose(offer -> OfferStore.insert(tx, offer)
                        .compose(inserted -> audit.record(tx, created(offer, message.actor())))
                        .map(offer));
    }

    private Offer newOffer(UUID id, Offers.Create message, OfferingMerchant merchant) {
        return new Offer(
                id,
                message.merchantId(),
                merchant,
                message.cashbackType(),
                TenThousandths.of(message.cashbackValue()),
                Money.ofDecimal(message.monthlyCap()),
                message.holdDays(),
                message.window(),
                true,
                clock.instant());
    }

    private static OfferingMerchant offering(Optional<OfferingMerchant> found, UUID merchantId) {
        OfferingMerchant merchant = found.orElseThrow(() -> DomainException.notFound("merchant", merchantId));
        requireActive(merchantId, merchant.active());
        return merchant;
    }

    static void requireActive(UUID merchantId, boolean active) {
        if (!active) {
            throw new DomainException(
                    ErrorCode.MERCHANT_NOT_ACTIVE,
                    "The merchant is not active.",
                    DomainException.details(
                            "merchant_id", merchantId.toString(), "action", "Activate the merchant first."));
        }
    }

    private static AuditEntry created(Offer offer, Actor actor) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("merchant_id", offer.merchantId().toString());
        details.put("cashback_type", Wire.name(offer.cashbackType()));
        details.put(
                "cashback_value",
                TenThousandths.toDecimal(offer.cashbackValueE4()).toPlainString());
        details.put("monthly_cap", offer.monthlyCap().toString());
        details.put(
                "hold_days", offer.holdDays() == null ? null : offer.holdDays().toString());
        details.put("start_date", offer.window().start().toString());
        details.put("end_date", offer.window().end().toString());
        return new AuditEntry(
                actor, AuditAction.OFFER_CREATED, OFFER, offer.id().toString(), details);
    }

    private Future<Offer> get(Offers.Find message) {
        return find(message.id()).map(offer -> message.openOnly() ? requireOpen(offer) : offer);
    }

    private static Offer requireOpen(Offer offer) {
        if (!offer.active()) {
            throw forbidden(offer, "The offer is inactive.");
        }
        if (!offer.merchant().active()) {
            throw forbidden(offer, "The merchant of the offer is inactive.");
        }
        return offer;
    }

    private Future<OfferPreview> preview(Offers.Preview message) {
        return find(message.id()).compose(offer -> {
            if (!message.askerIsAdmin()) {
                requireOneself(message);
                requireOpen(offer);
            }
            return previews.preview(offer, message);
        });
    }

    private static void requireOneself(Offers.Preview message) {
        if (!message.userId().equals(message.askerId())) {
            throw new DomainException(
                    ErrorCode.FORBIDDEN,
                    "A purchase can be previewed for oneself only.",
                    Map.of("reason", "user_id is not the caller's"));
        }
    }

    private Future<Offer> find(UUID id) {
        return OfferStore.find(database, id).map(found -> found.orElseThrow(() -> unknown(id)));
    }

    private static DomainException unknown(UUID id) {
        return DomainException.notFound(OFFER, id);
    }

    private static DomainException forbidden(Offer offer, String reason) {
        return new DomainException(
                ErrorCode.FORBIDDEN,
                "This offer is not open to you.",
                DomainException.details(
                        "resource_type", OFFER, "resource_id", offer.id().toString(), "reason", reason));
    }

    private Future<Page<Offer>> listInForce(Offers.ListInForce message) {
        LocalDate today = today();
        return OfferStore.list(database, new Offers.List(message.page(), true, true, null, today, today));
    }

    private Future<Page<OfferPeriod>> history(Offers.History message) {
        return find(message.id()).compose(found -> OfferStore.history(database, message));
    }

    private Future<Offer> setStatus(Offers.SetStatus message) {
        Supplier<Future<Offer>> update = () -> database.inTransaction(tx -> OfferStore.lock(tx, message.id())
                .map(found -> found.orElseThrow(() -> unknown(message.id())))
                .compose(offer -> setStatus(tx, offer, message)));
        Supplier<Future<Claim>> claimed =
                () -> find(message.id()).map(offer -> new Claim(offer.id(), offer.merchantId(), offer.window()));
        return overlaps.writeUnlessOverlapping(update, claimed);
    }

    private Future<Offer> setStatus(SqlConnection tx, Offer offer, Offers.SetStatus message) {
        if (offer.active() == message.active()) {
            return Future.succeededFuture(offer);
        }
        if (message.active() && offer.window().endedBefore(today())) {
            throw expired(offer);
        }
        AuditAction action = message.active() ? AuditAction.OFFER_ACTIVATED : AuditAction.OFFER_DEACTIVATED;
        Map<String, String> details = Map.of("merchant_id", offer.merchantId().toString());
        return OfferStore.setActive(tx, offer.id(), message.active(), clock.instant())
                .compose(updated -> audit.record(
                        tx,
                        new AuditEntry(
                                message.actor(), action, OFFER, offer.id().toString(), details)))
                .map(offer.withActive(message.active()));
    }

    static DomainException expired(Offer offer) {
        return new DomainException(
                ErrorCode.OFFER_EXPIRED,
                "The offer has ended.",
                DomainException.details(
                        "offer_id",
                        offer.id().toString(),
                        "end_date",
                        offer.window().end().toString(),
                        "action",
                        "Create a new offer."));
    }
}
