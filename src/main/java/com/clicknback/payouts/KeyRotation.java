package com.clicknback.payouts;

import com.clicknback.payouts.DestinationStore.Replacement;
import com.clicknback.payouts.DestinationStore.Stored;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Encrypts stored destinations again, with the current key, so that older keys can be dropped. Works in batches, each
 * committed by itself, alongside live traffic. May be repeated.
 */
public final class KeyRotation {
    private static final int BATCH_MAX = 500;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final DestinationCipher cipher;
    private final Set<String> unknownKeyIds = new TreeSet<>();
    private long reencrypted;

    private KeyRotation(Database database, DestinationCipher cipher) {
        this.database = database;
        this.cipher = cipher;
    }

    /**
     * The outcome of a rotation.
     *
     * @param reencrypted destinations that have the current key now
     * @param unknownKeyIds keys in use that are not configured; their destinations are unchanged
     */
    public record Outcome(long reencrypted, Set<String> unknownKeyIds) {}

    /** Encrypts all destinations that another key encrypts. */
    public static Future<Outcome> run(Database database, DestinationCipher cipher) {
        return new KeyRotation(database, cipher).after(BEFORE_ALL);
    }

    private Future<Outcome> after(UUID payoutId) {
        return database.withConnection(connection -> DestinationStore.findOfOtherKeys(
                                connection, payoutId, cipher.currentKeyId(), BATCH_MAX)
                        .compose(found -> DestinationStore.replace(connection, replacements(found))
                                .map(replaced -> {
                                    reencrypted += replaced;
                                    return found;
                                })))
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(new Outcome(reencrypted, unknownKeyIds))
                        : after(found.get(found.size() - 1).payoutId()));
    }

    private List<Replacement> replacements(List<Stored> found) {
        List<Replacement> replacements = new ArrayList<>();
        for (Stored stored : found) {
            String keyId = stored.destination().keyId();
            if (cipher.knows(keyId)) {
                replacements.add(replacement(stored));
            } else {
                unknownKeyIds.add(keyId);
            }
        }
        return replacements;
    }

    private Replacement replacement(Stored stored) {
        Destination destination = cipher.decrypt(stored.payoutId(), stored.destination());
        return new Replacement(
                stored.payoutId(),
                stored.destination().keyId(),
                cipher.encrypt(stored.payoutId(), destination),
                cipher.fingerprint(cipher.currentKeyId(), stored.amount(), destination));
    }
}
