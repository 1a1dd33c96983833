package com.clicknback;

import com.clicknback.config.AppConfig;
import com.clicknback.config.Configuration;
import com.clicknback.partners.SecretCipher;
import com.clicknback.partners.SecretRotation;
import com.clicknback.partners.SecretWrapping;
import com.clicknback.payouts.DestinationCipher;
import com.clicknback.payouts.KeyRotation;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.crypto.Rekeying;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.migrations.MigrationStep;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The encryption keys that stored rows need, compared with those that are configured. */
final class StoredKeys {
    private static final Logger LOG = LoggerFactory.getLogger(StoredKeys.class);
    private static final String SECRETS = "partner secrets";
    private static final String DESTINATIONS = "payout destinations";

    private final Database database;
    private final SecretCipher secrets;
    private final DestinationCipher destinations;

    StoredKeys(Database database, Keyring keys) {
        this.database = database;
        this.secrets = new SecretCipher(keys);
        this.destinations = new DestinationCipher(keys);
    }

    static Keyring configured(AppConfig config) {
        return new Keyring(config.secrets().encryptionKey(), config.secrets().olderKeys());
    }

    /** The steps of the schema's history that need the keys. */
    static List<MigrationStep> migrationSteps(Keyring keys) {
        return List.of(new SecretWrapping(keys));
    }

    /** The rows encrypted again, and the keys that were missing. */
    record Outcome(Rekeying.Outcome secrets, Rekeying.Outcome destinations) {
        boolean complete() {
            return secrets.complete() && destinations.complete();
        }

        /** The lines for the operator. */
        List<String> lines() {
            Stream<String> unread = Stream.concat(left(secrets, SECRETS), left(destinations, DESTINATIONS));
            return Stream.concat(
                            Stream.of("Encrypted " + destinations.reencrypted() + " " + DESTINATIONS + " and "
                                    + secrets.reencrypted() + " " + SECRETS + " with the current key."),
                            unread)
                    .toList();
        }

        private static Stream<String> left(Rekeying.Outcome outcome, String what) {
            return Stream.concat(
                    outcome.unknownKeyIds().stream()
                            .map(id -> "Left as they are: " + what + " of the unknown key " + id + "."),
                    outcome.unreadable().stream().map(sentence -> "Left as it is: " + sentence + "."));
        }
    }

    /** Encrypts everything again that another key than the current one encrypts. */
    Future<Outcome> rekey() {
        return SecretRotation.run(database, secrets)
                .compose(first -> KeyRotation.run(database, destinations).map(second -> new Outcome(first, second)));
    }

    /** A line for each key that is missing, and for each row that cannot be read although its key is there. */
    Future<List<String>> unreadable() {
        return missing()
                .compose(missing -> SecretRotation.rehearse(database, secrets)
                        .compose(first -> KeyRotation.rehearse(database, destinations)
                                .map(second -> Stream.of(
                                                missing.stream(),
                                                first.unreadable().stream(),
                                                second.unreadable().stream())
                                        .flatMap(lines -> lines)
                                        .toList())));
    }

    /** A line for each key that stored rows need and that is not configured. */
    Future<List<String>> missing() {
        return missing(SECRETS, SecretRotation.missingKeys(database, secrets))
                .compose(first -> missing(DESTINATIONS, KeyRotation.missingKeys(database, destinations))
                        .map(second ->
                                Stream.concat(first.stream(), second.stream()).toList()));
    }

    /**
     * Fails with StartException while no process with these keys could tell who signs. Payouts can be requested and
     * settled without the destinations of earlier ones, so a key of theirs is worth a warning.
     */
    Future<Void> require() {
        return missing(SECRETS, SecretRotation.missingKeys(database, secrets))
                .compose(lines -> lines.isEmpty()
                        ? missing(DESTINATIONS, KeyRotation.missingKeys(database, destinations))
                                .onSuccess(warnings -> warnings.forEach(LOG::warn))
                                .mapEmpty()
                        : Future.failedFuture(new StartException(String.join("; ", lines))));
    }

    private static Future<List<String>> missing(String what, Future<List<String>> keyIds) {
        return keyIds.map(ids -> ids.stream()
                .map(id -> what + " are encrypted with the key " + id
                        + ", which is not set: add it to encryption.old_keys ("
                        + Configuration.variable("encryption.old_keys") + ")")
                .toList());
    }
}
