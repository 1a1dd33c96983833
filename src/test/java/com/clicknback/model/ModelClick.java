package com.clicknback.model;

import com.clicknback.model.ModelMerchant.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A user's way to a merchant, with the terms that it promises.
 *
 * @param name in the order in which clicks were made
 */
record ModelClick(String name, String user, String merchant, Terms terms, Instant issuedAt) {
    static final Duration ATTRIBUTION = Duration.ofDays(30);

    static ModelClick made(String name, String user, String merchant, Terms terms, Instant now) {
        return new ModelClick(name, user, merchant, terms, now.truncatedTo(ChronoUnit.SECONDS));
    }

    Instant expiresAt() {
        return issuedAt.plus(ATTRIBUTION);
    }

    boolean isExpiredAt(Instant time) {
        return !time.isBefore(expiresAt());
    }

    /** True when a purchase of this time has the terms of the click. */
    boolean covers(Instant time) {
        return !time.isBefore(issuedAt) && !isExpiredAt(time);
    }

    /** The promise, as the receipt has it. */
    ExpectedAnswer promise() {
        return ExpectedAnswer.of(
                201,
                user,
                merchant,
                terms.offer() == null ? "default" : Stage.offerName(terms.offer().name),
                terms.reward().percent() ? "percent" : "fixed",
                terms.reward().value().stripTrailingZeros().toPlainString(),
                Integer.toString(terms.holdDays()),
                expiresAt().toString());
    }
}
