package com.clicknback.platform.ops;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The options of the JVM that the service counts on; {@code conf/jvm.options} has them. */
public final class JvmOptions {
    private static final Logger LOG = LoggerFactory.getLogger(JvmOptions.class);

    private JvmOptions() {}

    /** Warns when the process would go on without memory, alive to whatever watches over it and of no use to anybody. */
    public static void warn() {
        HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        boolean ends = options == null
                || Stream.of("ExitOnOutOfMemoryError", "CrashOnOutOfMemoryError")
                        .anyMatch(name ->
                                Boolean.parseBoolean(options.getVMOption(name).getValue()));
        if (!ends) {
            LOG.warn("This process would not end when it runs out of memory: start it with"
                    + " java -XX:+ExitOnOutOfMemoryError, or with @conf/jvm.options");
        }
    }
}
