package com.clicknback.purchases.http;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Caller;
import com.clicknback.purchases.Purchase;

/** The rule about who may see a purchase. */
public final class PurchaseAccess {
    private PurchaseAccess() {}

    /** Throws FORBIDDEN unless the caller owns the purchase or is an admin. */
    public static void requireOwnerOrAdmin(Caller.User caller, Purchase purchase) {
        if (!caller.admin() && !purchase.userId().equals(caller.id())) {
            throw new DomainException(
                    ErrorCode.FORBIDDEN,
                    "The purchase belongs to another user.",
                    DomainException.details(
                            "resource_type",
                            "purchase",
                            "resource_id",
                            purchase.id().toString()));
        }
    }
}
