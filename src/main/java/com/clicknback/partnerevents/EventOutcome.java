package com.clicknback.partnerevents;

/** The kinds of outcome of an event; named as in the database and in the HTTP contract. */
public enum EventOutcome {
    PARKED,
    APPLIED,
    REFUSED,
    EXPIRED
}
