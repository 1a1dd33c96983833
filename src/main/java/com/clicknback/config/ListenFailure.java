package com.clicknback.config;

import java.io.IOException;
import java.net.UnknownHostException;

/** Words for a port or an address that cannot be listened on, which name the setting at fault. */
public final class ListenFailure {
    /** The system's own words: the failure is of a type that a taken port has, too. */
    private static final String NOT_OF_THIS_MACHINE = "Cannot assign requested address";

    private ListenFailure() {}

    /**
     * One line that names the setting.
     *
     * @param section that has the settings host and port
     */
    public static String inWords(IOException failure, String section, String host, int port) {
        String reason = String.valueOf(failure.getMessage()).strip();
        boolean ofAddress = failure instanceof UnknownHostException || reason.contains(NOT_OF_THIS_MACHINE);
        String setting = section + (ofAddress ? ".host" : ".port");
        return "cannot listen on %s:%s (%s): set %s (%s) to %s"
                .formatted(
                        host,
                        port,
                        reason,
                        setting,
                        Configuration.variable(setting),
                        ofAddress ? "an address of this machine" : "a free port");
    }
}
