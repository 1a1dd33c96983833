package com.clicknback.payouts;

import com.clicknback.money.Money;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts destinations of payouts (AES-256-GCM). A ciphertext belongs to one payout, and any change of it is detected.
 * The current key encrypts; the older ones still decrypt, so that keys can be rotated.
 */
public final class DestinationCipher {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final String MAC = "HmacSHA256";
    private static final byte[] FINGERPRINT_PURPOSE = "payout fingerprint".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_ID_BYTES = 8;
    private static final char SEPARATOR = '\n';

    private final SecretKey current;
    private final String currentKeyId;
    private final Map<String, SecretKey> keys = new HashMap<>();
    private final SecureRandom random = new SecureRandom();

    /**
     * @param current 256 bits, as every key
     * @param older the keys that were current before
     */
    public DestinationCipher(SecretKey current, List<SecretKey> older) {
        older.forEach(key -> keys.put(keyId(key), key));
        this.current = current;
        currentKeyId = keyId(current);
        keys.put(currentKeyId, current);
    }

    /**
     * An encrypted destination.
     *
     * @param keyId identifies the key without revealing it
     * @param bytes the nonce and the ciphertext behind it
     */
    public record Encrypted(String keyId, byte[] bytes) {}

    /** Encrypts a destination for one payout, under the current key. */
    public Encrypted encrypt(UUID payoutId, Destination destination) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] plain = (destination.iban() + SEPARATOR + destination.accountHolder()).getBytes(StandardCharsets.UTF_8);
        byte[] ciphertext = run(Cipher.ENCRYPT_MODE, current, payoutId, nonce, plain);
        byte[] bytes = ByteBuffer.allocate(NONCE_BYTES + ciphertext.length)
                .put(nonce)
                .put(ciphertext)
                .array();
        return new Encrypted(currentKeyId, bytes);
    }

    /** Fails with IllegalStateException for another payout's ciphertext, for a changed one, and when its key is missing. */
    public Destination decrypt(UUID payoutId, Encrypted encrypted) {
        byte[] bytes = encrypted.bytes();
        if (bytes.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            throw notAuthentic(payoutId, null);
        }
        byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
        byte[] ciphertext = Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
        byte[] plain = run(Cipher.DECRYPT_MODE, key(encrypted.keyId()), payoutId, nonce, ciphertext);
        String text = new String(plain, StandardCharsets.UTF_8);
        int end = text.indexOf(SEPARATOR);
        return new Destination(text.substring(0, end), text.substring(end + 1));
    }

    /** The key that new destinations are encrypted with. */
    String currentKeyId() {
        return currentKeyId;
    }

    boolean knows(String keyId) {
        return keys.containsKey(keyId);
    }

    /**
     * The fingerprint that tells a repeated request from another one. Keyed: an IBAN whose last four digits are known
     * could otherwise be found by trying.
     */
    byte[] fingerprint(String keyId, Money amount, Destination destination) {
        byte[] purposeKey = hmac(key(keyId).getEncoded(), FINGERPRINT_PURPOSE);
        String request = amount.toString() + SEPARATOR + destination.iban() + SEPARATOR + destination.accountHolder();
        return hmac(purposeKey, request.getBytes(StandardCharsets.UTF_8));
    }

    private SecretKey key(String keyId) {
        SecretKey key = keys.get(keyId);
        if (key == null) {
            throw new IllegalStateException("the payout key " + keyId + " is not configured");
        }
        return key;
    }

    private static byte[] run(int mode, SecretKey key, UUID payoutId, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(payoutId.getMostSignificantBits())
                    .putLong(payoutId.getLeastSignificantBits())
                    .flip());
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw notAuthentic(payoutId, e);
        }
    }

    private static IllegalStateException notAuthentic(UUID payoutId, @Nullable Throwable cause) {
        return new IllegalStateException("the destination of payout " + payoutId + " is not authentic", cause);
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + MAC, e);
        }
    }

    private static String keyId(SecretKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(digest, 0, KEY_ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
