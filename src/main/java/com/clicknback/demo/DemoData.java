package com.clicknback.demo;

import com.clicknback.payouts.Destination;
import com.clicknback.payouts.DestinationCipher;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the demo data. */
public final class DemoData {
    private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);
    private static final String FILE = "seeds/demo.sql";
    private static final UUID PAYOUT = UUID.fromString("dd000001-0000-0000-0000-000000000001");
    private static final Destination PAYOUT_DESTINATION = new Destination("DE89370400440532013000", "Alice");

    private DemoData() {}

    /**
     * Loads the packaged demo data in one transaction, unless it has been loaded before.
     *
     * @param cipher encrypts the destination of the demo payout
     */
    public static Future<Void> load(Vertx vertx, Database database, DestinationCipher cipher) {
        LOG.info("Loading the demo data, unless they are there");
        DestinationCipher.Encrypted encrypted = cipher.encrypt(PAYOUT, PAYOUT_DESTINATION);
        return vertx.fileSystem()
                .readFile(FILE)
                .compose(script -> DemoStore.load(
                        database, script.toString(), Buffer.buffer(encrypted.bytes()), encrypted.keyId()));
    }
}
