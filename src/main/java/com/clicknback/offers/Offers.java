package com.clicknback.offers;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.CashbackType;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that the offers domain answers. */
public final class Offers {
    private Offers() {}

    /**
     * Creates an active offer. Fails with RULE_VIOLATION, NOT_FOUND of the merchant, MERCHANT_NOT_ACTIVE,
     * ACTIVE_OFFER_ALREADY_EXISTS.
     *
     * @param cashbackValue has at most four fraction digits
     * @param monthlyCap has at most two fraction digits
     * @param holdDays null leaves it to the merchant
     */
    public record Create(
            UUID merchantId,
            CashbackType cashbackType,
            BigDecimal cashbackValue,
            OfferWindow window,
            BigDecimal monthlyCap,
            @Nullable Integer holdDays,
            Actor actor)
            implements Request<Offer> {}

    /**
     * Tells what an offer would give for a purchase and which offers are in its way; stores nothing. Fails with
     * RULE_VIOLATION, NOT_FOUND of the merchant, MERCHANT_NOT_ACTIVE.
     *
     * @param date the UTC day of the purchase
     */
    record PreviewDraft(Create draft, Money amount, LocalDate date) implements Request<DraftPreview> {}

    /**
     * Finds one offer, in its window or not. Fails with NOT_FOUND, FORBIDDEN.
     *
     * @param openOnly whether the asker may see only active offers of active merchants
     */
    public record Find(UUID id, boolean openOnly) implements Request<Offer> {}

    /**
     * Lists a page of the offers that match every filter that is given.
     *
     * @param openOnly whether the asker may see only active offers of active merchants
     * @param from keeps windows that end on this day or later
     * @param to keeps windows that start on this day or earlier
     */
    public record List(
            PageRequest page,
            boolean openOnly,
            @Nullable Boolean active,
            @Nullable UUID merchantId,
            @Nullable LocalDate from,
            @Nullable LocalDate to)
            implements Request<Page<Offer>> {}

    /** Lists a page of the active offers of active merchants whose window holds today's UTC date. */
    public record ListInForce(PageRequest page) implements Request<Page<Offer>> {}

    /**
     * Changes what an offer promises for the future; a null member stays as it is, unless the hold is to be cleared.
     * Members that cannot change may be given as they are. Fails with NOT_FOUND, OFFER_EXPIRED, OFFER_TERMS_FIXED,
     * RULE_VIOLATION of the end or the cap, and ACTIVE_OFFER_ALREADY_EXISTS.
     *
     * @param clearsHold true to leave the hold to the merchant
     */
    public record Update(
            UUID id,
            @Nullable UUID merchantId,
            @Nullable CashbackType cashbackType,
            @Nullable BigDecimal cashbackValue,
            @Nullable LocalDate startDate,
            @Nullable LocalDate endDate,
            @Nullable BigDecimal monthlyCap,
            @Nullable Integer holdDays,
            boolean clearsHold,
            Actor actor)
            implements Request<Offer> {}

    /** Lists a page of the times in which an offer was active, the latest first. Fails with NOT_FOUND. */
    public record History(UUID id, PageRequest page) implements Request<Page<OfferPeriod>> {}

    /**
     * Activates or deactivates an offer; the present status again changes nothing. Fails with NOT_FOUND, and on
     * activation with OFFER_EXPIRED, ACTIVE_OFFER_ALREADY_EXISTS.
     */
    public record SetStatus(UUID id, boolean active, Actor actor) implements Request<Offer> {}

    /**
     * Calculates what a purchase would earn under an offer; stores nothing. Fails with NOT_FOUND and USER_NOT_ELIGIBLE.
     * Fails with FORBIDDEN unless the asker is an admin or asks for oneself and for an open offer.
     *
     * @param userId the buyer
     * @param date the UTC day of the purchase
     */
    public record Preview(UUID id, UUID askerId, boolean askerIsAdmin, UUID userId, Money amount, LocalDate date)
            implements Request<OfferPreview> {}
}
