package com.clicknback.platform.embedded;

import com.clicknback.platform.embedded.EmbeddedDatabase.UnusableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port of a server before it starts. */
final class OwnPort {
    private static final Logger LOG = LoggerFactory.getLogger(OwnPort.class);

    private OwnPort() {}

    /** Fails with UnusableException when another program has the port: the start of a server would hang on it. */
    static void requireFree(String host, int port) throws UnusableException {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            LOG.debug("port {} is free", free.getLocalPort());
        } catch (IOException e) {
            throw new UnusableException("cannot listen on " + host + ":" + port + " (" + e.getMessage()
                    + "): set database.embedded_port (CLICKNBACK_DATABASE_EMBEDDED_PORT) to a free port");
        }
    }
}
