package com.clicknback.tables;

/** The ways to use a table, each of which includes those before it. */
enum Use {
    READ,
    /** A SELECT that locks the rows it reads. */
    LOCK,
    WRITE;

    boolean allows(Use other) {
        return compareTo(other) >= 0;
    }

    Use and(Use other) {
        return allows(other) ? this : other;
    }
}
