package com.clicknback.partners.deliveries;

/** The ends that a partner's message can come to. */
public enum DeliveryOutcome {
    ACCEPTED,
    DUPLICATE,
    /** Some purchases of a batch were rejected. */
    PARTLY_REJECTED,
    REJECTED,
    /** The signature was refused. */
    REFUSED,
    /** The service could not take it: the sender tries again. */
    FAILED
}
