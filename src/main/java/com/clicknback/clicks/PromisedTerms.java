package com.clicknback.clicks;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.cashback.CashbackType;
import com.clicknback.money.Money;
import com.clicknback.money.TenThousandths;
import com.clicknback.platform.json.Wire;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a click, in the form of the HTTP contract and of receipts.
 *
 * @param offerId null where the merchant's default percentage applies, which has no cap
 * @param cashbackValue a percentage, or an amount of currency units
 * @param holdDays between the confirmation and the cashback becoming available
 * @param capMonth the month of the click; a purchase of another month draws on the cap of that one
 * @param capLeft the part of the month's cap that the user had not used when the click was made
 */
public record PromisedTerms(
        @Nullable UUID offerId,
        CashbackType cashbackType,
        BigDecimal cashbackValue,
        int holdDays,
        @Nullable BigDecimal monthlyCap,
        @Nullable YearMonth capMonth,
        @Nullable Money capLeft) {

    /**
     * @param used the part of the month's cap that is used
     */
    static PromisedTerms of(CashbackTerms terms, YearMonth month, Money used) {
        Money cap = terms.monthlyCap();
        return new PromisedTerms(
                terms.offerId(),
                terms.type(),
                TenThousandths.toDecimal(terms.valueE4()),
                terms.holdDays(),
                cap == null ? null : cap.toDecimal(),
                cap == null ? null : month,
                cap == null ? null : Money.max(cap.minus(used), Money.ZERO));
    }

    /** The claims of a receipt, by the names that answers have. */
    void writeTo(JsonObject claims) {
        claims.put("offer_id", offerId == null ? null : offerId.toString())
                .put("cashback_type", Wire.name(cashbackType))
                .put("cashback_value", cashbackValue)
                .put("hold_days", holdDays)
                .put("monthly_cap", monthlyCap)
                .put("cap_month", capMonth == null ? null : capMonth.toString())
                .put("cap_left", capLeft == null ? null : capLeft.toString());
    }
}
