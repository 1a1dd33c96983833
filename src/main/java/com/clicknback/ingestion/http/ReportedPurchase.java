package com.clicknback.ingestion.http;

import static java.util.Objects.requireNonNull;

import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.Submission;
import com.clicknback.money.Money;
import com.clicknback.platform.json.CodePoints;
import com.clicknback.platform.json.Condition;
import com.clicknback.platform.json.OrNull;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import jakarta.validation.constraints.NotNull;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The members of a purchase in a partner's webhook: who bought where, or the click that tells it. */
@ReportedPurchase.Attributed
record ReportedPurchase(
        @NotNull @CodePoints(min = 1, max = 255) String externalId,
        @Nullable UUID userId,
        @Nullable UUID merchantId,
        @OrNull @Nullable @CodePoints(min = 1, max = 64) String clickId,
        @NotNull Money amount,

        @NotNull @CodePoints(min = 3, max = 3, message = "must have exactly 3 characters")
        String currency,

        @OrNull @Nullable Instant purchasedAt,

        @OrNull @Nullable @CodePoints(min = 1, max = 255) String orderRef) {

    Submission toSubmission(UUID partnerId) {
        PurchaseKey key = new PurchaseKey(partnerId, externalId);
        return clickId == null
                ? new Submission(
                        key,
                        requireNonNull(userId),
                        requireNonNull(merchantId),
                        amount,
                        currency,
                        purchasedAt,
                        orderRef,
                        null)
                : Submission.byClick(clickId, key, userId, merchantId, amount, currency, purchasedAt, orderRef);
    }

    /** Requires user and merchant where no click tells them. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @Constraint(validatedBy = Attributed.Validator.class)
    @interface Attributed {
        String message() default "is required without a click_id";

        Class<?>[] groups() default {};

        Class<? extends Payload>[] payload() default {};

        /** Reports the violation on each member that is missing. */
        final class Validator
                implements ConstraintValidator<Attributed, ReportedPurchase>, Condition<ReportedPurchase> {
            @Override
            public boolean isValid(ReportedPurchase purchase, ConstraintValidatorContext context) {
                if (isMet(purchase)) {
                    return true;
                }
                context.disableDefaultConstraintViolation();
                if (purchase.userId() == null) {
                    report("userId", context);
                }
                if (purchase.merchantId() == null) {
                    report("merchantId", context);
                }
                return false;
            }

            @Override
            public boolean isMet(@Nullable ReportedPurchase purchase) {
                return purchase == null
                        || purchase.clickId() != null
                        || purchase.userId() != null && purchase.merchantId() != null;
            }

            private static void report(String member, ConstraintValidatorContext context) {
                context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
                        .addPropertyNode(member)
                        .addConstraintViolation();
            }
        }
    }
}
