package com.clicknback.payouts;

import com.clicknback.payouts.DestinationStore.Replacement;
import com.clicknback.payouts.DestinationStore.Stored;
import com.clicknback.platform.crypto.Rekeying;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/** The rotation of the key that encrypts destinations. */
public final class KeyRotation implements Rekeying.Sealings<Stored, Replacement> {
    private final DestinationCipher cipher;

    private KeyRotation(DestinationCipher cipher) {
        this.cipher = cipher;
    }

    /** Encrypts all destinations that another key encrypts. */
    public static Future<Rekeying.Outcome> run(Database database, DestinationCipher cipher) {
        return Rekeying.run(database, cipher.sealer(), new KeyRotation(cipher));
    }

    /** Tells which destinations cannot be read. */
    public static Future<Rekeying.Outcome> rehearse(Database database, DestinationCipher cipher) {
        return Rekeying.rehearse(database, cipher.sealer(), new KeyRotation(cipher));
    }

    /** The keys in use that are not configured. */
    public static Future<List<String>> missingKeys(Database database, DestinationCipher cipher) {
        return DestinationStore.otherKeysThan(database, cipher.sealer().keyIds());
    }

    @Override
    public Future<List<Stored>> ofOtherKeys(SqlConnection connection, UUID after, String keyId, int rowsMax) {
        return DestinationStore.findOfOtherKeys(connection, after, keyId, rowsMax);
    }

    @Override
    public UUID id(Stored row) {
        return row.payoutId();
    }

    @Override
    public String keyId(Stored row) {
        return row.destination().keyId();
    }

    @Override
    public Future<Long> replace(SqlConnection connection, List<Replacement> rows) {
        return DestinationStore.replace(connection, rows);
    }

    @Override
    public Replacement again(Stored stored) {
        Destination destination = cipher.decrypt(stored.payoutId(), stored.destination());
        return new Replacement(
                stored.payoutId(),
                stored.destination().keyId(),
                cipher.encrypt(stored.payoutId(), destination),
                cipher.fingerprint(cipher.currentKeyId(), stored.amount(), destination));
    }
}
