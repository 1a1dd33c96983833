package com.clicknback.partners;

import com.clicknback.partners.SecretStore.Wrapped;
import com.clicknback.partners.signing.WebhookSecret;
import com.clicknback.platform.crypto.Rekeying;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/** The rotation of the key that wraps the secrets of partners. */
public final class SecretRotation implements Rekeying.Sealings<Wrapped, SecretStore.Replacement> {
    private final SecretCipher cipher;

    private SecretRotation(SecretCipher cipher) {
        this.cipher = cipher;
    }

    /** Wraps all secrets again that another key wraps. */
    public static Future<Rekeying.Outcome> run(Database database, SecretCipher cipher) {
        return Rekeying.run(database, cipher.sealer(), new SecretRotation(cipher));
    }

    /** Tells which secrets cannot be read. */
    public static Future<Rekeying.Outcome> rehearse(Database database, SecretCipher cipher) {
        return Rekeying.rehearse(database, cipher.sealer(), new SecretRotation(cipher));
    }

    /** The keys in use that are not configured. */
    public static Future<List<String>> missingKeys(Database database, SecretCipher cipher) {
        return SecretStore.otherKeysThan(database, cipher.sealer().keyIds());
    }

    @Override
    public Future<List<Wrapped>> ofOtherKeys(SqlConnection connection, UUID after, String keyId, int rowsMax) {
        return SecretStore.findOfOtherKeys(connection, after, keyId, rowsMax);
    }

    @Override
    public UUID id(Wrapped row) {
        return row.id();
    }

    @Override
    public String keyId(Wrapped row) {
        return row.secret().keyId();
    }

    @Override
    public Future<Long> replace(SqlConnection connection, List<SecretStore.Replacement> rows) {
        return SecretStore.replace(connection, rows);
    }

    @Override
    public SecretStore.Replacement again(Wrapped row) {
        WebhookSecret secret = cipher.unwrap(row.partnerId(), row.id(), row.secret());
        Sealed anew = cipher.wrap(row.partnerId(), row.id(), secret);
        return new SecretStore.Replacement(row.id(), row.secret().keyId(), anew);
    }
}
