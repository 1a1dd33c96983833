package com.clicknback.purchases;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Refusals of decisions that the state of a purchase does not allow. */
public final class Refusals {
    private static final List<String> REVERSIBLE_FROM = List.of("pending", "confirmed");

    private Refusals() {}

    /** The purchase after a release; fails where there was none, or nothing to release. */
    static PurchaseState requireReleased(UUID purchaseId, @Nullable PurchaseState state, boolean released) {
        if (state == null) {
            throw DomainException.notFound("purchase", purchaseId);
        }
        if (!released) {
            throw DomainException.withViolations(
                    ErrorCode.CASHBACK_NOT_HELD,
                    "The cashback of the purchase is not held: it is "
                            + state.cashbackStatus().name().toLowerCase(Locale.ROOT) + ".",
                    List.of(DomainException.details(
                            "purchase_id", purchaseId.toString(),
                            "current_status", state.status().wireName(),
                            "required_cashback_status", "held")));
        }
        return state;
    }

    /** The refusal of a decision that the present status does not allow. */
    public static DomainException of(Decision decision, UUID purchaseId, PurchaseStatus current) {
        String status = current.wireName();
        if (decision != Decision.REVERSE) {
            return DomainException.withViolations(
                    ErrorCode.PURCHASE_NOT_PENDING,
                    "The purchase is not pending: it is " + status + ".",
                    List.of(DomainException.details(
                            "purchase_id", purchaseId.toString(),
                            "current_status", status,
                            "required_status", PurchaseStatus.PENDING.wireName())));
        }
        boolean already = current == PurchaseStatus.REVERSED;
        return DomainException.withViolations(
                already ? ErrorCode.PURCHASE_ALREADY_REVERSED : ErrorCode.PURCHASE_NOT_REVERSIBLE,
                already ? "The purchase is reversed already." : "A purchase that is " + status + " cannot be reversed.",
                List.of(DomainException.details(
                        "purchase_id", purchaseId.toString(),
                        "current_status", status,
                        "reversible_from_statuses", REVERSIBLE_FROM)));
    }
}
