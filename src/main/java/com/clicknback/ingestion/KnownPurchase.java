package com.clicknback.ingestion;

import com.clicknback.clicks.ClickReference;
import com.clicknback.money.Money;
import com.clicknback.purchases.PurchaseStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stored purchase, as ingestion compares it with a later submission of its external id.
 *
 * @param statedPurchasedAt null when its sender left the time out
 * @param payableAt null unless confirmed
 * @param orderRef null when its sender named no order
 * @param clickId as sent; null when its sender named none
 */
public record KnownPurchase(
        UUID id,
        UUID userId,
        UUID merchantId,
        Money amount,
        String currency,
        @Nullable Instant statedPurchasedAt,
        PurchaseStatus status,
        Money cashback,
        @Nullable Instant payableAt,
        Instant createdAt,
        @Nullable String orderRef,
        @Nullable String clickId) {

    /** The purchase as a later submission will find it. */
    static KnownPurchase of(NewPurchase purchase, Instant createdAt) {
        Submission submission = purchase.submission();
        return new KnownPurchase(
                purchase.id(),
                submission.userId(),
                submission.merchantId(),
                submission.amount(),
                submission.amount().currency().name(),
                submission.purchasedAt(),
                PurchaseStatus.PENDING,
                purchase.cashback(),
                null,
                createdAt,
                submission.orderRef(),
                submission.clickText());
    }

    /** The verdict on a later submission of the same external id. */
    Verdict verdictOn(Submission later) {
        List<String> differing = new ArrayList<>();
        ClickReference click = later.click();
        if ((click == null || click.userStated()) && !userId.equals(later.userId())) {
            differing.add("user_id");
        }
        if ((click == null || click.merchantStated()) && !merchantId.equals(later.merchantId())) {
            differing.add("merchant_id");
        }
        if (amount.minor() != later.amount().minor()) {
            differing.add("amount");
        }
        if (!currency.equalsIgnoreCase(later.currency())) {
            differing.add("currency");
        }
        if (!Objects.equals(statedPurchasedAt, later.purchasedAt())) {
            differing.add("purchased_at");
        }
        if (!Objects.equals(orderRef, later.orderRef())) {
            differing.add("order_ref");
        }
        // Of an order that two have reported, the purchase has the click of its partner only.
        if (orderRef == null && !Objects.equals(clickId, later.clickText())) {
            differing.add("click_id");
        }
        return differing.isEmpty() ? new Verdict.Repeated(this) : new Verdict.Taken(this, List.copyOf(differing));
    }
}
