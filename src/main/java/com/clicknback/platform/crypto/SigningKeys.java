package com.clicknback.platform.crypto;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * The configured keys that sign what others verify (Ed25519). The current one signs; the public parts of all are for
 * everybody, so that keys can be rotated. A key's id is its thumbprint (RFC 7638).
 */
public final class SigningKeys {
    private static final String CURVE = "Ed25519";
    private static final String ALGORITHM = "EdDSA";
    private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

    private final Ed25519PrivateKeyParameters current;

    /** The first part of everything that the current key signs. */
    private final String header;

    private final JsonArray publicKeys = new JsonArray();

    /**
     * @param current the 256 bits of a private key, as every key
     * @param older the keys that were current before
     */
    public SigningKeys(SecretKey current, List<SecretKey> older) {
        this.current = new Ed25519PrivateKeyParameters(current.getEncoded());
        this.header = base64Url(new JsonObject()
                .put("alg", ALGORITHM)
                .put("typ", "JWT")
                .put("kid", publicKey(current).getString("kid")));
        Stream.concat(Stream.of(current), older.stream())
                .map(SigningKeys::publicKey)
                .distinct()
                .forEach(publicKeys::add);
    }

    /** A compact JWS (RFC 7515, 8037) of the claims; on any thread. */
    public String sign(JsonObject claims) {
        String signed = header + "." + base64Url(claims);
        byte[] bytes = signed.getBytes(StandardCharsets.US_ASCII);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, current);
        signer.update(bytes, 0, bytes.length);
        return signed + "." + BASE64_URL.encodeToString(signer.generateSignature());
    }

    /** The public parts as a JWK set (RFC 7517), the current one first. */
    public JsonObject publicKeys() {
        return new JsonObject().put("keys", publicKeys.copy());
    }

    private static String base64Url(JsonObject json) {
        return BASE64_URL.encodeToString(json.toBuffer().getBytes());
    }

    private static JsonObject publicKey(SecretKey key) {
        Ed25519PrivateKeyParameters privateKey = new Ed25519PrivateKeyParameters(key.getEncoded());
        String x = BASE64_URL.encodeToString(privateKey.generatePublicKey().getEncoded());
        return new JsonObject()
                .put("kty", "OKP")
                .put("crv", CURVE)
                .put("alg", ALGORITHM)
                .put("use", "sig")
                .put("kid", thumbprint(x))
                .put("x", x);
    }

    private static String thumbprint(String x) {
        String members = "{\"crv\":\"" + CURVE + "\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
        try {
            return BASE64_URL.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
