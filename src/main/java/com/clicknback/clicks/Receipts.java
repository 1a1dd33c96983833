package com.clicknback.clicks;

import com.clicknback.platform.crypto.SigningKeys;
import io.vertx.core.json.JsonObject;

/**
 * Receipts of clicks: compact JWS that anybody can verify with the public keys. They name user, merchant and offer by their
 * ids only.
 */
public final class Receipts {
    private static final String ISSUER = "clicknback";

    private final SigningKeys keys;

    public Receipts(SigningKeys keys) {
        this.keys = keys;
    }

    /** Signs the promise of a click; takes a fraction of a millisecond. */
    String sign(Click click, PromisedTerms terms) {
        JsonObject claims = new JsonObject()
                .put("iss", ISSUER)
                .put("sub", click.userId().toString())
                .put("jti", click.id().text())
                .put("iat", click.issuedAt().getEpochSecond())
                .put("exp", click.expiresAt().getEpochSecond())
                .put("merchant_id", click.merchantId().toString());
        terms.writeTo(claims);
        return keys.sign(claims);
    }

    /** The public keys as a JWK set (RFC 7517). */
    JsonObject publicKeys() {
        return keys.publicKeys();
    }
}
