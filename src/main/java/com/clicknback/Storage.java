package com.clicknback;

import com.clicknback.config.AppConfig;
import com.clicknback.config.DevelopmentSecrets;
import com.clicknback.config.Settings;
import com.clicknback.platform.embedded.EmbeddedDatabase;
import com.clicknback.platform.embedded.StopAtExit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The database of a process: the one that its configuration names, or one that it brings itself. */
final class Storage implements AutoCloseable {
    private static final String NO_DATABASE = "this jar has no PostgreSQL of its own: set CLICKNBACK_DATABASE_URL"
            + " (postgresql://host:port/name), or try clicknback-demo.jar";

    private final AppConfig config;
    private final @Nullable EmbeddedDatabase own;
    private final StopAtExit atExit;

    private Storage(AppConfig config, @Nullable EmbeddedDatabase own, StopAtExit atExit) {
        this.config = config;
        this.own = own;
        this.atExit = atExit;
    }

    static Storage open(Settings settings) throws IOException {
        if (!settings.embedded()) {
            return new Storage(AppConfig.external(settings), null, new StopAtExit());
        }
        if (!EmbeddedDatabase.isPackaged()) {
            throw new StartException(NO_DATABASE);
        }
        Path folder = settings.dataDir();
        StopAtExit atExit = new StopAtExit();
        EmbeddedDatabase started = atExit.start(
                folder, folder.resolve("binaries"), settings.database().embeddedPort());
        try {
            return new Storage(
                    AppConfig.embedded(settings, started.address(), DevelopmentSecrets.of(folder)), started, atExit);
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** Like {@link #open}, but joins the embedded server of a service that is running on the same folder. */
    static Storage openOrJoin(Settings settings) throws IOException {
        try {
            return open(settings);
        } catch (EmbeddedDatabase.InUseException inUse) {
            Path folder = settings.dataDir();
            return new Storage(
                    AppConfig.embedded(settings, EmbeddedDatabase.running(folder), DevelopmentSecrets.of(folder)),
                    null,
                    new StopAtExit());
        }
    }

    /** The complete configuration. */
    AppConfig config() {
        return config;
    }

    /** Completes once the server that this process brought has ended; never without one. */
    CompletableFuture<?> ended() {
        return own == null ? new CompletableFuture<>() : own.ended();
    }

    /** Leaves it to the caller to stop the server of its own when the process ends. */
    void closedByCaller() {
        atExit.cancel();
    }

    /** Stops the server that this process brought. */
    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
        }
    }
}
