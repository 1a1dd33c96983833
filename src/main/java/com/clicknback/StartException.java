package com.clicknback;

import com.clicknback.config.ListenFailure;
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
                        failure instanceof IOException e
                                ? new StartException(ListenFailure.inWords(e, section, host, port))
                                : failure));
    }
}
