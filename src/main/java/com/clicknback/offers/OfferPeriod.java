package com.clicknback.offers;

import com.clicknback.cashback.CashbackType;
import com.clicknback.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which an offer was active under the same terms. Purchases of that time earn by them if their day
 * lies in the window.
 *
 * @param activeUntil null while it lasts
 * @param holdDays null where the merchant's count
 */
public record OfferPeriod(
        Instant activeFrom,
        @Nullable Instant activeUntil,
        CashbackType cashbackType,
        long cashbackValueE4,
        Money monthlyCap,
        @Nullable Integer holdDays,
        OfferWindow window) {}
