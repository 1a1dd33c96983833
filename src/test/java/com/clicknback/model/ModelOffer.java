package com.clicknback.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** A merchant's reward within a window of days, and how much of it a user can get in a month. */
final class ModelOffer {
    final String name;
    final Reward reward;
    final long monthlyCapMinor;
    final LocalDate firstDay;
    final LocalDate lastDay;
    private final ModelPeriods periods = new ModelPeriods();

    ModelOffer(String name, Reward reward, long monthlyCapMinor, LocalDate firstDay, LocalDate lastDay) {
        this.name = name;
        this.reward = reward;
        this.monthlyCapMinor = monthlyCapMinor;
        this.firstDay = firstDay;
        this.lastDay = lastDay;
    }

    boolean wasInForce(Instant time) {
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        return periods.wasActive(time) && !day.isBefore(firstDay) && !day.isAfter(lastDay);
    }

    /** The windows of a merchant's offers are apart in the model, so that none is ever in the way of another. */
    ExpectedAnswer setActive(boolean wanted, Instant now) {
        if (wanted && !periods.isActive() && lastDay.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC))) {
            return ExpectedAnswer.refused(409, "OFFER_EXPIRED");
        }
        periods.setActive(wanted, now);
        return ExpectedAnswer.of(200, wanted ? "active" : "inactive");
    }
}
