package com.clicknback.platform.ops;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The limit of files that this process may open at once, connections included. */
public final class OpenFiles {
    private static final Logger LOG = LoggerFactory.getLogger(OpenFiles.class);

    /** Files of the JVM, event loops, connections to the database and to the management port. */
    private static final int OTHERS_MAX = 400;

    private OpenFiles() {}

    /** Warns when the system would refuse connections before the service itself makes room for new ones. */
    public static void warn(int connectionsMax) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            warning(system.getMaxFileDescriptorCount(), connectionsMax).ifPresent(LOG::warn);
        }
    }

    static Optional<String> warning(long filesMax, int connectionsMax) {
        long needed = (long) connectionsMax + OTHERS_MAX;
        return filesMax >= needed
                ? Optional.empty()
                : Optional.of("This process may open " + filesMax
                        + " files and connections, and http.connections_max = "
                        + connectionsMax + " needs " + needed + ": whoever leaves connections open can shut others out."
                        + " Raise the limit (ulimit -n, LimitNOFILE=), or lower http.connections_max");
    }
}
