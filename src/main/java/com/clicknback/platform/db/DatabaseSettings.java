package com.clicknback.platform.db;

/**
 * The address of the database and the limits of one process.
 *
 * @param uri postgresql://host:port/name, with neither user nor password
 * @param poolSizeMax connections of this process
 * @param waitQueueMax operations that may wait for a connection before more are refused
 * @param statementTimeoutMs after which the server gives up a statement, and the client an operation
 */
public record DatabaseSettings(
        String uri, String user, String password, int poolSizeMax, int waitQueueMax, int statementTimeoutMs) {

    String jdbcUrl() {
        return "jdbc:" + uri;
    }

    /** Without the password, so that it can be logged. */
    @Override
    public String toString() {
        return uri + " as " + user;
    }
}
