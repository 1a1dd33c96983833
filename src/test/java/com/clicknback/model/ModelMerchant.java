package com.clicknback.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A shop, its default cashback and its offers. */
final class ModelMerchant {
    final String name;
    final BigDecimal defaultPercentage;
    final List<ModelOffer> offers;
    private final ModelPeriods periods = new ModelPeriods();
    int holdDays;

    ModelMerchant(String name, String defaultPercentage, ModelOffer... offers) {
        this.name = name;
        this.defaultPercentage = new BigDecimal(defaultPercentage);
        this.offers = List.of(offers);
    }

    /**
     * The terms under which a purchase of a day is rewarded.
     *
     * @param offer null for the merchant's default, which has no cap
     */
    record Terms(Reward reward, @Nullable ModelOffer offer, int holdDays) {}

    /** Confirmed cashback is held for days. */
    ModelMerchant holding(int days) {
        holdDays = days;
        return this;
    }

    /** The terms of a time: the offer in force, else the merchant's default if it gives any. */
    Optional<Terms> termsAt(Instant time) {
        for (ModelOffer offer : offers) {
            if (offer.wasInForce(time)) {
                return Optional.of(new Terms(offer.reward, offer, holdDays));
            }
        }
        return defaultPercentage.signum() > 0
                ? Optional.of(new Terms(new Reward(true, defaultPercentage), null, holdDays))
                : Optional.empty();
    }

    boolean isActive() {
        return periods.isActive();
    }

    boolean wasActive(Instant time) {
        return periods.wasActive(time);
    }

    ExpectedAnswer setActive(boolean wanted, Instant now) {
        periods.setActive(wanted, now);
        return ExpectedAnswer.of(200, wanted ? "active" : "inactive");
    }
}
