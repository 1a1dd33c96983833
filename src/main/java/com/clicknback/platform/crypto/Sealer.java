package com.clicknback.platform.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts for one purpose (AES-256-GCM, a random nonce each). A ciphertext belongs to the rows whose ids it was sealed
 * with, and any change of it is detected.
 */
public final class Sealer {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String purpose;
    private final String currentKeyId;
    private final Map<String, SecretKey> keys;
    private final SecureRandom random = new SecureRandom();

    Sealer(String purpose, String currentKeyId, Map<String, SecretKey> keys) {
        this.purpose = purpose;
        this.currentKeyId = currentKeyId;
        this.keys = keys;
    }

    /** Encrypts under the current key, for the rows of these ids. */
    public Sealed seal(byte[] plain, UUID... owners) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] ciphertext = run(Cipher.ENCRYPT_MODE, key(currentKeyId), nonce, plain, owners);
        byte[] bytes = ByteBuffer.allocate(NONCE_BYTES + ciphertext.length)
                .put(nonce)
                .put(ciphertext)
                .array();
        return new Sealed(currentKeyId, bytes);
    }

    /**
     * Fails with NotAuthenticException for other rows' ciphertext and for a changed one, with IllegalStateException when
     * its key is missing.
     */
    public byte[] open(Sealed sealed, UUID... owners) {
        byte[] bytes = sealed.bytes();
        if (bytes.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw notAuthentic(null, owners);
        }
        byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
        byte[] ciphertext = Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
        return run(Cipher.DECRYPT_MODE, key(sealed.keyId()), nonce, ciphertext, owners);
    }

    /** A hash keyed by a configured key, for this purpose alone. */
    public byte[] fingerprint(String keyId, byte[] message) {
        return Keyring.hmac(key(keyId).getEncoded(), message);
    }

    /** The key that encrypts. */
    public String currentKeyId() {
        return currentKeyId;
    }

    /** The keys that decrypt. */
    public Set<String> keyIds() {
        return keys.keySet();
    }

    public boolean knows(String keyId) {
        return keys.containsKey(keyId);
    }

    private SecretKey key(String keyId) {
        SecretKey key = keys.get(keyId);
        if (key == null) {
            throw new IllegalStateException("the encryption key " + keyId + " is not configured");
        }
        return key;
    }

    private byte[] run(int mode, SecretKey key, byte[] nonce, byte[] input, UUID... owners) {
        try {
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(ids(owners));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw notAuthentic(e, owners);
        }
    }

    private static ByteBuffer ids(UUID... owners) {
        ByteBuffer ids = ByteBuffer.allocate(2 * Long.BYTES * owners.length);
        for (UUID owner : owners) {
            ids.putLong(owner.getMostSignificantBits()).putLong(owner.getLeastSignificantBits());
        }
        return ids.flip();
    }

    private NotAuthenticException notAuthentic(@Nullable Throwable cause, UUID... owners) {
        return new NotAuthenticException(purpose, owners[owners.length - 1], cause);
    }
}
