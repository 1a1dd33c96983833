package com.clicknback.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The configured encryption keys. The current one encrypts; the older ones still decrypt, so that keys can be rotated. No
 * configured key is used itself: each purpose has keys of its own, derived from them.
 */
public final class Keyring {
    private static final String MAC = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final int KEY_ID_BYTES = 8;

    /** Precedes the id of a configured key that sealed by itself, as it was before each purpose had keys of its own. */
    private static final String DIRECT = "direct:";

    /** The keys by their ids. */
    private final Map<String, SecretKey> keys = new LinkedHashMap<>();

    private final String currentKeyId;

    /**
     * @param current 256 bits, as every key
     * @param older the keys that were current before
     */
    public Keyring(SecretKey current, List<SecretKey> older) {
        older.forEach(key -> keys.put(keyId(key), key));
        currentKeyId = keyId(current);
        keys.put(currentKeyId, current);
    }

    /** The key that encrypts. */
    public String currentKeyId() {
        return currentKeyId;
    }

    /** The keys that decrypt. */
    public Set<String> keyIds() {
        return Set.copyOf(keys.keySet());
    }

    /** Encrypts for one purpose, under keys that no other purpose has. */
    public Sealer sealer(String purpose) {
        Map<String, SecretKey> derived = keys.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, key -> derive(key.getValue(), purpose)));
        return new Sealer(purpose, currentKeyId, derived);
    }

    /** The same, and opens what configured keys sealed directly. */
    public Sealer sealerAfterDirect(String purpose) {
        return withDirect(purpose, key -> key);
    }

    /** The same, and knows the fingerprints that configured keys made directly. */
    public Sealer fingerprintsAfterDirect(String purpose) {
        byte[] name = purpose.getBytes(StandardCharsets.US_ASCII);
        return withDirect(purpose, key -> new SecretKeySpec(hmac(key.getEncoded(), name), MAC));
    }

    private Sealer withDirect(String purpose, UnaryOperator<SecretKey> direct) {
        Map<String, SecretKey> all = new HashMap<>();
        keys.forEach((id, key) -> {
            all.put(id, derive(key, purpose));
            all.put(DIRECT + id, direct.apply(key));
        });
        return new Sealer(purpose, currentKeyId, Map.copyOf(all));
    }

    /** HKDF with SHA-256 (RFC 5869), without salt, for one block: as long as a key. */
    static SecretKey derive(SecretKey key, String purpose) {
        byte[] extracted = hmac(new byte[MAC_BYTES], key.getEncoded());
        byte[] info = purpose.getBytes(StandardCharsets.US_ASCII);
        byte[] block = new byte[info.length + 1];
        System.arraycopy(info, 0, block, 0, info.length);
        block[info.length] = 1;
        return new SecretKeySpec(hmac(extracted, block), "AES");
    }

    static byte[] hmac(byte[] key, byte[] message) {
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
