package com.clicknback.partnerevents;

import com.clicknback.money.Money;
import com.clicknback.partnerevents.replay.PartnerEvent;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.purchases.PurchaseStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that the domain of partner events answers. */
public final class PartnerEvents {
    private PartnerEvents() {}

    /**
     * Applies an event to its purchase, or parks it until the purchase arrives. Fails with PURCHASE_NOT_PENDING,
     * PURCHASE_NOT_REVERSIBLE, PURCHASE_ALREADY_REVERSED, EXTERNAL_ID_REUSED, PARKED_EVENT_LIMIT_REACHED, or
     * VALIDATION_ERROR for a refund of more than is left; a failure changes nothing.
     */
    public record Report(PartnerEvent event) implements Request<Reported> {}

    /**
     * The event is durable.
     *
     * @param purchase the purchase after the event; null while the event is parked
     */
    public record Reported(@Nullable Standing purchase) {}

    /**
     * Lists a page of what a partner reported, the last received first.
     *
     * @param outcome null for all
     */
    public record List(UUID partnerId, @Nullable EventOutcome outcome, PageRequest page)
            implements Request<Page<RecordedEvent>> {}

    /** The state of a purchase, the cashback it shows, and when that becomes available, as far as it is known. */
    public record Standing(
            UUID id,
            PurchaseStatus status,
            Money cashback,
            @Nullable Instant payableAt) {}
}
