package com.clicknback.ingestion;

import static java.util.Objects.requireNonNull;

import com.clicknback.clicks.Click;
import com.clicknback.clicks.ClickReference;
import com.clicknback.events.PurchaseKey;
import com.clicknback.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed purchase that a partner or a user submits.
 *
 * @param key names its sender and the sender's own id of it
 * @param currency as sent
 * @param purchasedAt null when the sender leaves it to the time of receipt
 * @param orderRef the merchant's reference of the order, by which the reports of partner and user find each other; null
 *     when the sender names none
 * @param click null when the sender names none
 */
public record Submission(
        PurchaseKey key,
        UUID userId,
        UUID merchantId,
        Money amount,
        String currency,
        @Nullable Instant purchasedAt,
        @Nullable String orderRef,
        @Nullable ClickReference click) {
    /** The id of no user and no merchant. */
    private static final UUID NOBODY = new UUID(0, 0);

    /** A purchase that names no click. */
    public Submission(
            PurchaseKey key,
            UUID userId,
            UUID merchantId,
            Money amount,
            String currency,
            @Nullable Instant purchasedAt,
            @Nullable String orderRef) {
        this(key, userId, merchantId, amount, currency, purchasedAt, orderRef, null);
    }

    /**
     * A purchase that names a click.
     *
     * @param userId null to leave it to the click
     * @param merchantId null to leave it to the click
     */
    public static Submission byClick(
            String clickId,
            PurchaseKey key,
            @Nullable UUID userId,
            @Nullable UUID merchantId,
            Money amount,
            String currency,
            @Nullable Instant purchasedAt,
            @Nullable String orderRef) {
        return new Submission(
                key,
                userId == null ? NOBODY : userId,
                merchantId == null ? NOBODY : merchantId,
                amount,
                currency,
                purchasedAt,
                orderRef,
                new ClickReference(clickId, userId != null, merchantId != null, null));
    }

    /** The same with its click, and with the user and the merchant that it left to it. */
    Submission completedBy(Click found) {
        ClickReference named = requireNonNull(click);
        return new Submission(
                key,
                named.userStated() ? userId : found.userId(),
                named.merchantStated() ? merchantId : found.merchantId(),
                amount,
                currency,
                purchasedAt,
                orderRef,
                new ClickReference(named.text(), named.userStated(), named.merchantStated(), found));
    }

    /** The click that it names, if there is one. */
    @Nullable
    Click foundClick() {
        return click == null ? null : click.found();
    }

    /** The click whose terms count for a purchase of this time; null when there is none. */
    @Nullable
    Click promisedBy(Instant purchasedAt) {
        Click found = foundClick();
        return found != null && found.covers(purchasedAt) ? found : null;
    }

    /** The text of the click's id as sent; null when it names none. */
    @Nullable
    String clickText() {
        return click == null ? null : click.text();
    }

    boolean isByUser() {
        return key.partnerId() == null;
    }

    public String externalId() {
        return key.externalId();
    }
}
