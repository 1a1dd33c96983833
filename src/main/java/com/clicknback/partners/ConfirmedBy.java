package com.clicknback.partners;

/** The side that decides about a partner's purchases: the verification job, or the partner by events of its own. */
public enum ConfirmedBy {
    VERIFICATION,
    PARTNER
}
