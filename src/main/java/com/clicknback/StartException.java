package com.clicknback;

import com.clicknback.config.Configuration;
import io.vertx.core.Future;
import java.io.IOException;

/** The service cannot start; the message is one line for the operator. */
final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartException(String message) {
        super(message, null, false, false);
    }

    /** A taken port, or an address that is not this machine's, is a fault of the configuration. */
    static Future<Void> unlessListening(Future<String> deployed, String section, String host, int port) {
        return deployed.<Void>mapEmpty()
                .recover(failure -> Future.failedFuture(
                        failure instanceof IOException
                                ? new StartException("cannot listen on %s:%s (%s): set %s.port (%s) to a free port"
                                        .formatted(
                                                host,
                                                port,
                                                failure.getMessage(),
                                                section,
                                                Configuration.variable(section + ".port")))
                                : failure));
    }
}
