package com.clicknback.platform.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops an embedded server when the process ends, also when a signal comes while the server starts. */
public final class StopAtExit {
    private static final Logger LOG = LoggerFactory.getLogger(StopAtExit.class);

    /** The time that a start under way gets when a signal ends the process; the next start stops what it leaves. */
    private static final long START_WAIT_S = 10;

    private final CompletableFuture<EmbeddedDatabase> start = new CompletableFuture<>();
    private final Thread hook = new Thread(this::stop, "postgresql-stop");

    /** Starts the server as {@link EmbeddedDatabase#start} does, and fails as it does; once for each object. */
    public EmbeddedDatabase start(Path folder, Path binaries, int port) throws IOException {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            EmbeddedDatabase started = EmbeddedDatabase.start(folder, binaries, port);
            start.complete(started);
            return started;
        } catch (IOException | RuntimeException e) {
            start.completeExceptionally(e);
            throw e;
        }
    }

    /** Leaves it to the caller to stop the server when the process ends. */
    public void cancel() {
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void stop() {
        try {
            start.get(START_WAIT_S, TimeUnit.SECONDS).close();
        } catch (ExecutionException | TimeoutException | IOException e) {
            LOG.debug("no server to stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
