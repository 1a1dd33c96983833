package com.clicknback.ledger;

/** The accounts between which transfers move a user's money; OUTSIDE is the platform's side of every user. */
public enum Account {
    OUTSIDE,
    PENDING,
    AVAILABLE,
    RESERVED,
    PAID
}
