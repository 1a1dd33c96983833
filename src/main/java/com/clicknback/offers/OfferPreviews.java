package com.clicknback.offers;

import com.clicknback.cashback.Cashback;
import com.clicknback.cashback.CashbackTerms;
import com.clicknback.money.Money;
import com.clicknback.offers.OfferPreview.Obstacle;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.users.User;
import com.clicknback.users.Users;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calculates what a purchase would earn under an offer, as ingestion and crediting would decide now. */
final class OfferPreviews {
    private final Bus bus;

    OfferPreviews(Bus bus) {
        this.bus = bus;
    }

    Future<OfferPreview> preview(Offer offer, Offers.Preview wanted) {
        CashbackTerms terms =
                new CashbackTerms(offer.id(), offer.cashbackType(), offer.cashbackValueE4(), offer.monthlyCap());
        return requireEligible(wanted.userId())
                .compose(eligible ->
                        bus.ask(new Cashback.Preview(terms, wanted.amount(), wanted.userId(), wanted.date())))
                .map(previewed -> preview(offer, wanted, previewed));
    }

    private Future<Void> requireEligible(UUID userId) {
        return bus.ask(new Users.Find(userId)).map(found -> {
            User user = found.user();
            if (user == null || !user.active()) {
                throw notEligible(userId, user);
            }
            return null;
        });
    }

    /** The refusal that ingestion gives a purchase of such a user. */
    private static DomainException notEligible(UUID userId, @Nullable User user) {
        String reason = user == null ? "The user does not exist." : "The user is not active.";
        return new DomainException(
                ErrorCode.USER_NOT_ELIGIBLE,
                reason,
                DomainException.details("user_id", userId.toString(), "reason", reason));
    }

    private static OfferPreview preview(Offer offer, Offers.Preview wanted, Cashback.Previewed previewed) {
        List<Obstacle> obstacles = obstacles(offer, wanted.date());
        boolean inForce = obstacles.isEmpty();
        return new OfferPreview(
                offer.id(),
                wanted.userId(),
                wanted.date(),
                inForce,
                obstacles,
                previewed.calculation(),
                inForce ? previewed.cap() : previewed.cap().undrawn(),
                inForce ? previewed.credited() : Money.ZERO);
    }

    /** The reasons for which an offer is not in force for a purchase of a day. */
    static List<Obstacle> obstacles(Offer offer, LocalDate day) {
        List<Obstacle> obstacles = new ArrayList<>();
        if (!offer.active()) {
            obstacles.add(Obstacle.OFFER_INACTIVE);
        }
        if (!offer.merchant().active()) {
            obstacles.add(Obstacle.MERCHANT_INACTIVE);
        }
        if (day.isBefore(offer.window().start())) {
            obstacles.add(Obstacle.NOT_STARTED);
        }
        if (offer.window().endedBefore(day)) {
            obstacles.add(Obstacle.ENDED);
        }
        return List.copyOf(obstacles);
    }
}
