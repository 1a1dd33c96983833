package com.clicknback.offers;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.CashbackType;
import com.clicknback.platform.bus.Request;
import java.math.BigDecimal;
import java.util.UUID;

/**
 * Creates an active offer. Fails with {@code RULE_VIOLATION}, {@code NOT_FOUND} of the merchant, {@code
 * MERCHANT_NOT_ACTIVE}, {@code ACTIVE_OFFER_ALREADY_EXISTS}.
 *
 * @param cashbackValue has at most four fraction digits
 * @param monthlyCap has at most two fraction digits
 */
public record CreateOffer(
        UUID merchantId,
        CashbackType cashbackType,
        BigDecimal cashbackValue,
        OfferWindow window,
        BigDecimal monthlyCap,
        Actor actor)
        implements Request<Offer> {}
