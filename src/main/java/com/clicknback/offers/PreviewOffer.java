package com.clicknback.offers;

import com.clicknback.money.Money;
import com.clicknback.platform.bus.Request;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Asks what a purchase would earn under an offer; nothing is stored. Fails with {@code NOT_FOUND}; {@code FORBIDDEN}
 * when somebody who is no admin asks for another user or for an offer that is not open; {@code USER_NOT_ELIGIBLE}.
 *
 * @param userId who would buy
 * @param date the UTC day of the purchase
 */
public record PreviewOffer(UUID id, UUID askerId, boolean askerIsAdmin, UUID userId, Money amount, LocalDate date)
        implements Request<OfferPreview> {}
