package com.clicknback.platform.crypto;

/**
 * A ciphertext as it is stored.
 *
 * @param keyId identifies the configured key without revealing it
 * @param bytes the nonce and the ciphertext behind it
 */
public record Sealed(String keyId, byte[] bytes) {}
