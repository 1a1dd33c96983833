package com.clicknback.partners;

import com.clicknback.partners.signing.WebhookSecret;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.platform.crypto.Sealer;
import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/** Wraps the secrets of partners for the database, each for one partner and one row. */
public final class SecretCipher {
    private final Sealer secrets;

    public SecretCipher(Keyring keys) {
        secrets = keys.sealer("partner secret");
    }

    /** Wraps a secret under the current key. */
    public Sealed wrap(UUID partnerId, UUID secretId, WebhookSecret secret) {
        return secrets.seal(secret.key().getBytes(), partnerId, secretId);
    }

    /** Fails with IllegalStateException for another row's secret, for a changed one, and when its key is missing. */
    WebhookSecret unwrap(UUID partnerId, UUID secretId, Sealed wrapped) {
        return WebhookSecret.ofKey(secrets.open(wrapped, partnerId, secretId));
    }

    Sealer sealer() {
        return secrets;
    }

    static Buffer bytes(Sealed wrapped) {
        return Buffer.buffer(wrapped.bytes());
    }
}
