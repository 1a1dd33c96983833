package com.clicknback.clicks;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.cashback.CashbackType;
import com.clicknback.money.Money;
import com.clicknback.money.TenThousandths;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A click as its user reads it later, without the receipt, which is not stored; also its form on the wire.
 *
 * @param offerId null where the merchant's default percentage applied, which has no cap
 * @param cashbackValue a percentage, or an amount of currency units
 */
public record ClickView(
        ClickId id,
        UUID merchantId,
        @Nullable UUID offerId,
        CashbackType cashbackType,
        BigDecimal cashbackValue,
        int holdDays,
        @Nullable BigDecimal monthlyCap,
        Instant issuedAt,
        Instant expiresAt) {

    static ClickView of(Click click) {
        CashbackTerms terms = click.terms();
        Money cap = terms.monthlyCap();
        return new ClickView(
                click.id(),
                click.merchantId(),
                terms.offerId(),
                terms.type(),
                TenThousandths.toDecimal(terms.valueE4()),
                terms.holdDays(),
                cap == null ? null : cap.toDecimal(),
                click.issuedAt(),
                click.expiresAt());
    }
}
