package com.clicknback.model;

import java.time.LocalDate;

/** A merchant's reward within a window of days, and how much of it a user can get in a month. */
final class ModelOffer {
    final String name;
    final Reward reward;
    final long monthlyCapMinor;
    final LocalDate firstDay;
    final LocalDate lastDay;
    private boolean active = true;

    ModelOffer(String name, Reward reward, long monthlyCapMinor, LocalDate firstDay, LocalDate lastDay) {
        this.name = name;
        this.reward = reward;
        this.monthlyCapMinor = monthlyCapMinor;
        this.firstDay = firstDay;
        this.lastDay = lastDay;
    }

    boolean isActive() {
        return active;
    }

    boolean isInForceOn(LocalDate day) {
        return active && !day.isBefore(firstDay) && !day.isAfter(lastDay);
    }

    /** The windows of a merchant's offers are apart in the model, so that none is ever in the way of another. */
    ExpectedAnswer setActive(boolean wanted, LocalDate today) {
        if (wanted && !active && lastDay.isBefore(today)) {
            return ExpectedAnswer.refused(409, "OFFER_EXPIRED");
        }
        active = wanted;
        return ExpectedAnswer.of(200, wanted ? "active" : "inactive");
    }
}
