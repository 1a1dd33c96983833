package com.clicknback.clicks;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.cashback.CashbackType;
import com.clicknback.money.Money;
import com.clicknback.money.TenThousandths;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A click as its user reads it later, without the receipt, which is not stored; also its form on the wire.
 *
 * @param offerId null where the merchant's default percentage applied, which has no cap
 * @param cashbackValue a percentage, or an amount of currency units
 * @param purchases the latest of those that name the click, the newest first
 */
public record ClickView(
        ClickId id,
        UUID merchantId,
        String merchantName,
        @Nullable UUID offerId,
        CashbackType cashbackType,
        BigDecimal cashbackValue,
        int holdDays,
        @Nullable BigDecimal monthlyCap,
        Instant issuedAt,
        Instant expiresAt,
        List<ClickedPurchase> purchases) {

    /**
     * A purchase that came of a click.
     *
     * @param cashbackAmount as its purchase has it
     */
    public record ClickedPurchase(
            UUID id,
            String externalId,
            Money amount,
            String currency,
            String status,
            Money cashbackAmount,
            @Nullable Instant payableAt,
            Instant purchasedAt) {}

    static ClickView of(Click click, String merchantName, List<ClickedPurchase> purchases) {
        CashbackTerms terms = click.terms();
        Money cap = terms.monthlyCap();
        return new ClickView(
                click.id(),
                click.merchantId(),
                merchantName,
                terms.offerId(),
                terms.type(),
                TenThousandths.toDecimal(terms.valueE4()),
                terms.holdDays(),
                cap == null ? null : cap.toDecimal(),
                click.issuedAt(),
                click.expiresAt(),
                purchases);
    }
}
