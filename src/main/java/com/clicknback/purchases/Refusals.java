package com.clicknback.purchases;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.util.List;
import java.util.UUID;

/** Refusals of decisions that the state of a purchase does not allow. */
public final class Refusals {
    private static final List<String> REVERSIBLE_FROM = List.of("pending", "confirmed");

    private Refusals() {}

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
