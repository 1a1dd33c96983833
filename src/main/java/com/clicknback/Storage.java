package com.clicknback;

import com.clicknback.platform.db.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The database of a process: the one that its configuration names, or one that it brings itself. */
final class Storage implements AutoCloseable {
    private final AppConfig config;
    private final @Nullable EmbeddedDatabase own;

    private Storage(AppConfig config, @Nullable EmbeddedDatabase own) {
        this.config = config;
        this.own = own;
    }

    static Storage open(Configuration configuration) throws IOException {
        if (!configuration.embedded()) {
            return new Storage(configuration.external(), null);
        }
        Path folder = configuration.dataDir();
        EmbeddedDatabase started =
                EmbeddedDatabase.start(folder, folder.resolve("binaries"), configuration.embeddedPort());
        try {
            return new Storage(configuration.embedded(started.address(), DevelopmentSecrets.of(folder)), started);
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /** Like {@link #open}, but joins the embedded server of a service that is running on the same folder. */
    static Storage openOrJoin(Configuration configuration) throws IOException {
        try {
            return open(configuration);
        } catch (EmbeddedDatabase.InUseException inUse) {
            Path folder = configuration.dataDir();
            return new Storage(
                    configuration.embedded(EmbeddedDatabase.running(folder), DevelopmentSecrets.of(folder)), null);
        }
    }

    /** The complete configuration. */
    AppConfig config() {
        return config;
    }

    /** Stops the server that this process brought. */
    @Override
    public void close() throws IOException {
        if (own != null) {
            own.close();
        }
    }
}
