package com.clicknback.platform.db;

/** A database that cannot hold the service's promises, or does not let it in; the message is one line for the operator. */
public final class UnfitDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnfitDatabaseException(String message) {
        super(message);
    }
}
