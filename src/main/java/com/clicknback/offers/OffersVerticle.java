package com.clicknback.offers;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.money.Money;
import com.clicknback.money.TenThousandths;
import com.clicknback.offers.OfferStore.Claim;
import com.clicknback.offers.OfferStore.OfferingMerchant;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.db.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Answers the messages about offers. */
public final class OffersVerticle extends VerticleBase {
    private static final String OFFER = "offer";

    /** How often a write is tried whose obstacle has vanished each time it was looked for. */
    private static final int WRITES_MAX = 3;

    private final Bus bus;
    private final Database database;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final OfferRules rules;
    private final OfferPreviews previews;

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
    }

    @Override
    public Future<?> start() {
        bus.answer(CreateOffer.class, this::create);
        bus.answer(GetOffer.class, this::get);
        bus.answer(ListOffers.class, this::list);
        bus.answer(ListOffersInForce.class, this::listInForce);
        bus.answer(SetOfferStatus.class, this::setStatus);
        bus.answer(PreviewOffer.class, this::preview);
        return Future.succeededFuture();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Future<Offer> create(CreateOffer message) {
        rules.firstBroken(message, today()).ifPresent(broken -> {
            throw DomainException.rule(broken.field(), broken.reason());
        });
        UUID id = ids.next();
        Claim claim = new Claim(id, message.merchantId(), message.window());
        return unlessOverlapping(
                () -> database.inTransaction(tx -> insert(tx, id, message)), () -> Future.succeededFuture(claim), 1);
    }

    private Future<Offer> insert(SqlConnection tx, UUID id, CreateOffer message) {
        return OfferStore.lockMerchant(tx, message.merchantId())
                .map(found -> newOffer(id, message, offering(found, message.merchantId())))
                .compose(offer -> OfferStore.insert(tx, offer)
                        .compose(inserted -> audit.record(tx, created(offer, message.actor())))
                        .map(offer));
    }

    private Offer newOffer(UUID id, CreateOffer message, OfferingMerchant merchant) {
        return new Offer(
                id,
                message.merchantId(),
                merchant.name(),
                merchant.active(),
                message.cashbackType(),
                TenThousandths.of(message.cashbackValue()),
                Money.ofDecimal(message.monthlyCap()),
                message.window(),
                true,
                clock.instant());
    }

    private static OfferingMerchant offering(Optional<OfferingMerchant> found, UUID merchantId) {
        OfferingMerchant merchant = found.orElseThrow(() -> DomainException.notFound("merchant", merchantId));
        if (!merchant.active()) {
            throw new DomainException(
                    ErrorCode.MERCHANT_NOT_ACTIVE,
                    "The merchant is not active.",
                    DomainException.details(
                            "merchant_id", merchantId.toString(), "action", "Activate the merchant first."));
        }
        return merchant;
    }

    /** Writes an offer; a violated exclusion constraint becomes the refusal that names the offer in the way. */
    private Future<Offer> unlessOverlapping(
            Supplier<Future<Offer>> write, Supplier<Future<Claim>> claimed, int attempt) {
        return write.get().recover(failure -> {
            if (!SqlFailures.constraint(failure).equals(Optional.of(OfferStore.NO_OVERLAP))) {
                return Future.failedFuture(failure);
            }
            return claimed.get()
                    .compose(claim -> requireFree(claim, attempt))
                    .compose(free -> unlessOverlapping(write, claimed, attempt + 1));
        });
    }

    /** Succeeds when the offer in the way was deactivated before it could be named, so that the write may succeed now. */
    private Future<Void> requireFree(Claim claim, int attempt) {
        return OfferStore.findInTheWay(database, claim).map(found -> {
            found.ifPresent(otherId -> {
                throw inTheWay(claim, otherId);
            });
            if (attempt == WRITES_MAX) {
                throw DomainException.unavailable();
            }
            return null;
        });
    }

    private static DomainException inTheWay(Claim claim, UUID otherId) {
        return new DomainException(
                ErrorCode.ACTIVE_OFFER_ALREADY_EXISTS,
                "An active offer of the merchant overlaps the window.",
                DomainException.details(
                        "merchant_id",
                        claim.merchantId().toString(),
                        "offer_id",
                        otherId.toString(),
                        "action",
                        "Deactivate the other offer or choose another window."));
    }

    private static AuditEntry created(Offer offer, Actor actor) {
        Map<String, String> details = Map.of(
                "merchant_id",
                offer.merchantId().toString(),
                "cashback_type",
                offer.cashbackType().name().toLowerCase(Locale.ROOT),
                "cashback_value",
                TenThousandths.toDecimal(offer.cashbackValueE4()).toPlainString(),
                "monthly_cap",
                offer.monthlyCap().toString(),
                "start_date",
                offer.window().start().toString(),
                "end_date",
                offer.window().end().toString());
        return new AuditEntry(
                actor, AuditAction.OFFER_CREATED, OFFER, offer.id().toString(), details);
    }

    private Future<Offer> get(GetOffer message) {
        return find(message.id()).map(offer -> message.openOnly() ? requireOpen(offer) : offer);
    }

    private static Offer requireOpen(Offer offer) {
        if (!offer.active()) {
            throw forbidden(offer, "The offer is inactive.");
        }
        if (!offer.merchantActive()) {
            throw forbidden(offer, "The merchant of the offer is inactive.");
        }
        return offer;
    }

    private Future<OfferPreview> preview(PreviewOffer message) {
        return find(message.id()).compose(offer -> {
            if (!message.askerIsAdmin()) {
                requireOneself(message);
                requireOpen(offer);
            }
            return previews.preview(offer, message);
        });
    }

    private static void requireOneself(PreviewOffer message) {
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

    private Future<ListOffers.Listed> list(ListOffers message) {
        return OfferStore.list(database, message).map(ListOffers.Listed::new);
    }

    private Future<ListOffers.Listed> listInForce(ListOffersInForce message) {
        LocalDate today = today();
        return list(new ListOffers(message.page(), true, true, null, today, today));
    }

    private Future<Offer> setStatus(SetOfferStatus message) {
        Supplier<Future<Offer>> update = () -> database.inTransaction(tx -> OfferStore.lock(tx, message.id())
                .map(found -> found.orElseThrow(() -> unknown(message.id())))
                .compose(offer -> setStatus(tx, offer, message)));
        Supplier<Future<Claim>> claimed =
                () -> find(message.id()).map(offer -> new Claim(offer.id(), offer.merchantId(), offer.window()));
        return unlessOverlapping(update, claimed, 1);
    }

    private Future<Offer> setStatus(SqlConnection tx, Offer offer, SetOfferStatus message) {
        if (offer.active() == message.active()) {
            return Future.succeededFuture(offer);
        }
        if (message.active() && offer.window().endedBefore(today())) {
            throw expired(offer);
        }
        AuditAction action = message.active() ? AuditAction.OFFER_ACTIVATED : AuditAction.OFFER_DEACTIVATED;
        Map<String, String> details = Map.of("merchant_id", offer.merchantId().toString());
        return OfferStore.setActive(tx, offer.id(), message.active())
                .compose(updated -> audit.record(
                        tx,
                        new AuditEntry(
                                message.actor(), action, OFFER, offer.id().toString(), details)))
                .map(offer.withActive(message.active()));
    }

    private static DomainException expired(Offer offer) {
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
