package com.clicknback.payouts;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** Encrypts where a payout goes (AES-256-GCM): readable for paying only, and any change of it is noticed. */
public final class DestinationCipher {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_ID_BYTES = 4;

    private final SecretKey key;
    private final String keyId;
    private final SecureRandom random = new SecureRandom();

    public DestinationCipher(SecretKey key) {
        this.key = key;
        this.keyId = keyId(key);
    }

    /**
     * An encrypted text.
     *
     * @param keyId tells keys apart without telling the key, so that keys can be rotated
     * @param bytes the nonce and the ciphertext behind it
     */
    public record Encrypted(String keyId, byte[] bytes) {}

    public Encrypted encrypt(String plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] ciphertext = run(Cipher.ENCRYPT_MODE, nonce, plain.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = ByteBuffer.allocate(NONCE_BYTES + ciphertext.length)
                .put(nonce)
                .put(ciphertext)
                .array();
        return new Encrypted(keyId, bytes);
    }

    /** Fails with IllegalArgumentException for what this key did not encrypt, or what was changed since. */
    public String decrypt(Encrypted encrypted) {
        byte[] nonce = Arrays.copyOf(encrypted.bytes(), NONCE_BYTES);
        byte[] ciphertext = Arrays.copyOfRange(encrypted.bytes(), NONCE_BYTES, encrypted.bytes().length);
        return new String(run(Cipher.DECRYPT_MODE, nonce, ciphertext), StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance(TRANSFORMATION);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not encrypted with the key " + keyId, e);
        }
    }

    private static String keyId(SecretKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(digest, 0, KEY_ID_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
