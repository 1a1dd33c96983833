package com.clicknback.platform.embedded;

import com.clicknback.platform.embedded.EmbeddedDatabase.UnusableException;
import com.clicknback.platform.errors.FileFaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The failures of a server's start, each in one line for the operator. */
final class StartFaults {
    private static final Logger LOG = LoggerFactory.getLogger(StartFaults.class);
    private static final Pattern REASON = Pattern.compile(".*?(?:FATAL|PANIC|ERROR|error): +(.+)");
    private static final int MB = 1024 * 1024;

    /** Its programs, unpacked, and some room. */
    private static final int PROGRAMS_MB = 80;

    /** A new cluster with the schema, and some room. */
    private static final int CLUSTER_MB = 100;

    private StartFaults() {}

    /** Fails when the disk is too small for what a first start writes: the library that unpacks it would hang. */
    static void requireRoom(Path root, Path binaries, Path cluster) throws IOException {
        int neededMb = (Files.exists(binaries) ? 0 : PROGRAMS_MB) + (Files.exists(cluster) ? 0 : CLUSTER_MB);
        long freeMb = Files.getFileStore(root).getUsableSpace() / MB;
        if (freeMb < neededMb) {
            throw new UnusableException("the data folder " + root + " has " + freeMb
                    + " MB left, and a first start needs " + neededMb + "; CLICKNBACK_DATA_DIR names another");
        }
    }

    /** The failure as it is told: the server's own reason where its log has one. */
    static UnusableException of(Path root, Path serverLog, Exception failure) {
        if (failure instanceof UnusableException told) {
            return told;
        }
        LOG.debug("failed", failure);
        if (failure instanceof IOException e && !(e.getCause() instanceof RuntimeException)) {
            return new UnusableException("the data folder " + root + " cannot be used: " + FileFaults.named(e));
        }
        return new UnusableException(
                "the PostgreSQL of the data folder " + root + " does not start: " + reason(serverLog, failure));
    }

    private static String reason(Path serverLog, Exception failure) {
        try {
            List<String> lines = Files.readAllLines(serverLog, StandardCharsets.ISO_8859_1);
            for (int i = lines.size() - 1; i >= 0; i--) {
                var found = REASON.matcher(lines.get(i));
                if (found.matches()) {
                    return found.group(1) + " (" + serverLog + ")";
                }
            }
        } catch (IOException unread) {
            LOG.debug("no log of the server", unread);
        }
        return FileFaults.ofCause(failure).orElse(String.valueOf(failure.getMessage()));
    }
}
