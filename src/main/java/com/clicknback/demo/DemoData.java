package com.clicknback.demo;

import com.clicknback.partners.SecretCipher;
import com.clicknback.payouts.Destination;
import com.clicknback.payouts.DestinationCipher;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.UnfitDatabaseException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the demo data. */
public final class DemoData {
    private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);
    private static final String FILE = "seeds/demo.sql";
    private static final String SHOPPERS_FILE = "seeds/demo-shoppers.sql";
    private static final UUID PAYOUT = UUID.fromString("dd000001-0000-0000-0000-000000000001");
    private static final Destination PAYOUT_DESTINATION = new Destination("DE89370400440532013000", "Alice");

    private static final String OPEN = "this database has demo accounts, whose passwords are published, and the"
            + " network would reach them: take another database, deactivate those users and that partner,"
            + " or set demo_open_to_network (CLICKNBACK_DEMO_OPEN_TO_NETWORK) to true if everybody may come in";

    private static final UUID[] USERS = {
        UUID.fromString("b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d"),
        UUID.fromString("c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a"),
        UUID.fromString("d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a"),
        UUID.fromString("d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1b"),
        UUID.fromString("e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e"),
        UUID.fromString("e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4f")
    };

    private DemoData() {}

    /** Fails while a user or the partner of demo data that were loaded at some time is still active. */
    public static Future<Void> requireClosed(Database database) {
        UUID[] users =
                Stream.concat(Arrays.stream(USERS), DemoShoppers.USERS.stream()).toArray(UUID[]::new);
        return DemoStore.anyOpen(database, users, UUID.fromString(DemoPartner.ID))
                .compose(open ->
                        open ? Future.failedFuture(new UnfitDatabaseException(OPEN)) : Future.succeededFuture());
    }

    /**
     * Loads the packaged demo data in one transaction, unless it has been loaded before.
     *
     * @param keys encrypt the destination of the demo payout and the secret of the demo partner
     */
    public static Future<Void> load(Vertx vertx, Database database, Keyring keys) {
        LOG.info("Loading the demo data, unless they are there");
        Sealed destination = new DestinationCipher(keys).encrypt(PAYOUT, PAYOUT_DESTINATION);
        Sealed secret =
                new SecretCipher(keys).wrap(UUID.fromString(DemoPartner.ID), DemoPartner.SECRET_ID, DemoPartner.SECRET);
        return vertx.fileSystem()
                .readFile(FILE)
                .compose(script -> DemoStore.load(
                        database,
                        script.toString(),
                        Buffer.buffer(destination.bytes()),
                        Buffer.buffer(secret.bytes()),
                        keys.currentKeyId()));
    }

    /** Loads the users on whose behalf demo traffic buys, those that are not there. */
    public static Future<Void> loadShoppers(Vertx vertx, Database database) {
        return vertx.fileSystem()
                .readFile(SHOPPERS_FILE)
                .compose(script -> DemoStore.loadShoppers(database, script.toString()));
    }
}
