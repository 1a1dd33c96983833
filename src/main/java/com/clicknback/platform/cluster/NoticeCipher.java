package com.clicknback.platform.cluster;

import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.platform.crypto.Sealer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * Encrypts what nodes tell each other, under a key that is derived from the encryption key they share. So a stranger on
 * the network can neither read a notice nor make one. The form is a version, the length of the key's id, the id, and the
 * ciphertext.
 */
public final class NoticeCipher {
    private static final byte VERSION = 1;

    /** In the place of a row: a notice belongs to no row. */
    private static final UUID NO_ROW = new UUID(0, 0);

    private final Sealer sealer;

    public NoticeCipher(Keyring keys) {
        sealer = keys.sealer("cluster notice");
    }

    byte[] seal(byte[] plain) {
        Sealed sealed = sealer.seal(plain, NO_ROW);
        byte[] keyId = sealed.keyId().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(2 + keyId.length + sealed.bytes().length)
                .put(VERSION)
                .put((byte) keyId.length)
                .put(keyId)
                .put(sealed.bytes())
                .array();
    }

    /** Empty for what is not from a node that shares a key. */
    Optional<byte[]> open(byte[] message) {
        ByteBuffer buffer = ByteBuffer.wrap(message);
        if (buffer.remaining() < 2 || buffer.get() != VERSION) {
            return Optional.empty();
        }
        int idBytes = buffer.get();
        if (idBytes < 0 || idBytes > buffer.remaining()) {
            return Optional.empty();
        }
        byte[] keyId = new byte[idBytes];
        byte[] ciphertext = new byte[buffer.remaining() - idBytes];
        buffer.get(keyId).get(ciphertext);
        Sealed sealed = new Sealed(new String(keyId, StandardCharsets.US_ASCII), ciphertext);
        if (!sealer.knows(sealed.keyId())) {
            return Optional.empty();
        }
        try {
            return Optional.of(sealer.open(sealed, NO_ROW));
        } catch (IllegalStateException notAuthentic) {
            return Optional.empty();
        }
    }
}
