package com.clicknback.offers;

import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.money.Money;
import com.clicknback.money.TenThousandths;
import com.clicknback.offers.OfferStore.Claim;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.errors.Violation;
import com.clicknback.platform.json.Wire;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes of what offers promise for the future: their last day, their hold, and their cap upward. What was promised
 * stays, so everything else is refused with its reason.
 */
final class OfferUpdates {
    private final Database database;
    private final AuditTrail audit;
    private final Clock clock;
    private final OfferRules rules;
    private final OfferOverlaps overlaps;

    OfferUpdates(Database database, AuditTrail audit, Clock clock, OfferRules rules) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.rules = rules;
        this.overlaps = new OfferOverlaps(database);
    }

    Future<Offer> update(Offers.Update message) {
        OfferRules.firstOutOfRange(message).ifPresent(broken -> {
            throw DomainException.rule(broken.field(), broken.reason());
        });
        return overlaps.writeUnlessOverlapping(
                () -> database.inTransaction(tx -> OfferStore.lock(tx, message.id())
                        .map(found -> found.orElseThrow(() -> unknown(message)))
                        .compose(before -> update(tx, before, message))),
                () -> OfferStore.find(database, message.id())
                        .map(found -> found.map(offer -> after(offer, message)).orElseThrow(() -> unknown(message)))
                        .map(offer -> new Claim(offer.id(), offer.merchantId(), offer.window())));
    }

    private static DomainException unknown(Offers.Update message) {
        return DomainException.notFound("offer", message.id());
    }

    private Future<Offer> update(SqlConnection tx, Offer before, Offers.Update message) {
        List<Violation> fixed = fixed(before, message);
        Map<String, @Nullable String> details = difference(before, message);
        if (fixed.isEmpty() && details.isEmpty()) {
            return Future.succeededFuture(before);
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (before.window().endedBefore(today)) {
            throw OffersVerticle.expired(before);
        }
        if (!fixed.isEmpty()) {
            throw DomainException.withViolations(
                    ErrorCode.OFFER_TERMS_FIXED, "These terms of an offer cannot change.", fixed);
        }
        rules.firstBroken(before, message, today).ifPresent(broken -> {
            throw DomainException.rule(broken.field(), broken.reason());
        });
        Offer after = after(before, message);
        AuditEntry entry = new AuditEntry(
                message.actor(), AuditAction.OFFER_UPDATED, "offer", after.id().toString(), details);
        return OfferStore.update(tx, after, clock.instant())
                .compose(updated -> audit.record(tx, entry))
                .map(after);
    }

    private static Offer after(Offer before, Offers.Update message) {
        return before.with(
                orElse(message.endDate(), before.window().end()),
                message.monthlyCap() == null ? before.monthlyCap() : Money.ofDecimal(message.monthlyCap()),
                message.holdDays() == null && !message.clearsHold() ? before.holdDays() : message.holdDays());
    }

    private static <T> T orElse(@Nullable T wanted, T present) {
        return wanted == null ? present : wanted;
    }

    /** A violation for each member that is given with another value than the one that cannot change. */
    private static List<Violation> fixed(Offer offer, Offers.Update message) {
        List<Violation> fixed = new ArrayList<>();
        if (differs(message.merchantId(), offer.merchantId())) {
            fixed.add(new Violation("merchant_id", "cannot change: an offer stays with its merchant"));
        }
        if (differs(message.cashbackType(), offer.cashbackType())) {
            fixed.add(promised("cashback_type", Wire.name(offer.cashbackType())));
        }
        BigDecimal value = TenThousandths.toDecimal(offer.cashbackValueE4());
        if (message.cashbackValue() != null && message.cashbackValue().compareTo(value) != 0) {
            fixed.add(promised("cashback_value", value.toPlainString()));
        }
        if (differs(message.startDate(), offer.window().start())) {
            fixed.add(promised("start_date", offer.window().start().toString()));
        }
        if (message.monthlyCap() != null
                && message.monthlyCap().compareTo(offer.monthlyCap().toDecimal()) < 0) {
            fixed.add(new Violation(
                    "monthly_cap",
                    "must not fall below " + offer.monthlyCap()
                            + ", which was promised: deactivate this offer and create" + " another"));
        }
        return fixed;
    }

    private static boolean differs(@Nullable Object wanted, Object present) {
        return wanted != null && !wanted.equals(present);
    }

    private static Violation promised(String field, String present) {
        return new Violation(
                field, "cannot change: " + present + " was promised; deactivate this offer and create another");
    }

    private static Map<String, @Nullable String> difference(Offer before, Offers.Update message) {
        Map<String, @Nullable String> details = new LinkedHashMap<>();
        put(details, "end_date", before.window().end(), message.endDate());
        if (message.monthlyCap() != null
                && message.monthlyCap().compareTo(before.monthlyCap().toDecimal()) != 0) {
            put(
                    details,
                    "monthly_cap",
                    before.monthlyCap(),
                    message.monthlyCap().setScale(2));
        }
        put(details, "hold_days", before.holdDays(), message.holdDays());
        if (message.clearsHold() && before.holdDays() != null) {
            details.put("prior_hold_days", before.holdDays().toString());
            details.put("hold_days", null);
        }
        return details;
    }

    private static void put(
            Map<String, @Nullable String> details, String name, @Nullable Object before, @Nullable Object after) {
        if (after != null && !Objects.equals(before, after)) {
            details.put("prior_" + name, before == null ? null : before.toString());
            details.put(name, after.toString());
        }
    }
}
