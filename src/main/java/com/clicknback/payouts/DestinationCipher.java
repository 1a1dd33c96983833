package com.clicknback.payouts;

import com.clicknback.money.Money;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.platform.crypto.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Encrypts destinations of payouts, each for one payout. */
public final class DestinationCipher {
    private static final char SEPARATOR = '\n';

    private final Sealer destinations;
    private final Sealer fingerprints;

    public DestinationCipher(Keyring keys) {
        destinations = keys.sealerAfterDirect("payout destination");
        fingerprints = keys.fingerprintsAfterDirect("payout fingerprint");
    }

    /** Encrypts a destination for one payout, under the current key. */
    public Sealed encrypt(UUID payoutId, Destination destination) {
        String text = destination.iban() + SEPARATOR + destination.accountHolder();
        return destinations.seal(text.getBytes(StandardCharsets.UTF_8), payoutId);
    }

    /** Fails with IllegalStateException for another payout's ciphertext, for a changed one, and when its key is missing. */
    public Destination decrypt(UUID payoutId, Sealed encrypted) {
        String text = new String(destinations.open(encrypted, payoutId), StandardCharsets.UTF_8);
        int end = text.indexOf(SEPARATOR);
        return new Destination(text.substring(0, end), text.substring(end + 1));
    }

    /** The key that new destinations are encrypted with. */
    String currentKeyId() {
        return destinations.currentKeyId();
    }

    /** True for a key whose destinations and fingerprints can be read. */
    boolean knows(String keyId) {
        return destinations.knows(keyId);
    }

    Sealer sealer() {
        return destinations;
    }

    /**
     * The fingerprint that tells a repeated request from another one. Keyed: an IBAN whose last four digits are known
     * could otherwise be found by trying.
     */
    byte[] fingerprint(String keyId, Money amount, Destination destination) {
        String request = amount.toString() + SEPARATOR + destination.iban() + SEPARATOR + destination.accountHolder();
        return fingerprints.fingerprint(keyId, request.getBytes(StandardCharsets.UTF_8));
    }
}
