package com.clicknback.demo;

import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

/** The demo data of section 10 of the HTTP contract. */
public final class DemoData {
    private static final String FILE = "seeds/demo.sql";

    private DemoData() {}

    /**
     * Loads the packaged demo data in one transaction, unless it has been loaded before.
     *
     * @param destination where the demo payout went, encrypted
     * @param keyId the key that the destination is encrypted with
     */
    public static Future<Void> load(Vertx vertx, Database database, byte[] destination, String keyId) {
        return vertx.fileSystem()
                .readFile(FILE)
                .compose(script -> DemoStore.load(database, script.toString(), Buffer.buffer(destination), keyId));
    }
}
