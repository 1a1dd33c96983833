package com.clicknback.partnerevents;

import com.clicknback.money.Money;
import com.clicknback.platform.bus.Request;
import com.clicknback.purchases.PurchaseStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks to apply what a partner tells about a purchase, or to keep it until the purchase arrives. Fails with
 * PURCHASE_NOT_PENDING, PURCHASE_NOT_REVERSIBLE, PURCHASE_ALREADY_REVERSED, EXTERNAL_ID_REUSED, or VALIDATION_ERROR for a
 * refund of more than what is left; a failure changes nothing.
 */
public record ReportPartnerEvent(PartnerEvent event) implements Request<ReportPartnerEvent.Reported> {

    /**
     * The event is durable.
     *
     * @param purchase as it is after the event; null while the event is parked
     */
    public record Reported(@Nullable Standing purchase) {}

    /** How a purchase stands. */
    public record Standing(UUID id, PurchaseStatus status, Money cashback) {}
}
