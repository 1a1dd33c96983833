package com.clicknback.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of loopback for servers that a test starts, each given once. */
public final class FreePorts {
    private static final int MIN = 15_000;
    private static final int MAX = 30_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /**
     * A port that stays free while nobody listens on it: one that the system never gives to clients, which it would
     * otherwise do sooner or later, above all when clients keep trying to reach a server that is gone. None is given
     * twice, since the first who asked for it may not listen yet.
     */
    public static int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(MIN, MAX);
            if (!GIVEN.add(port)) {
                continue;
            }
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
