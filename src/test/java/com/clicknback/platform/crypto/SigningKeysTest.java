package com.clicknback.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
    /** The key pair of the example in RFC 8037. */
    private static final SecretKey PUBLISHED = key("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    private static final SecretKey OTHER = key("01".repeat(32));

    private static SecretKey key(String hex) {
        return new SecretKeySpec(HexFormat.of().parseHex(hex), "Ed25519");
    }

    @Test
    void publishesKeysByTheirThumbprints() {
        JsonObject key = new SigningKeys(PUBLISHED, List.of())
                .publicKeys()
                .getJsonArray("keys")
                .getJsonObject(0);
        assertThat(key.getString("x")).isEqualTo("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assertThat(key.getString("kid")).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    @Test
    void publishesEachKeyOnceTheCurrentOneFirst() {
        assertThat(kids(new SigningKeys(PUBLISHED, List.of(OTHER, PUBLISHED))))
                .containsExactly(
                        kids(new SigningKeys(PUBLISHED, List.of())).get(0),
                        kids(new SigningKeys(OTHER, List.of())).get(0));
    }

    private static List<String> kids(SigningKeys keys) {
        return keys.publicKeys().getJsonArray("keys").stream()
                .map(key -> ((JsonObject) key).getString("kid"))
                .toList();
    }

    @Test
    void anotherImplementationVerifiesWhatAKeySignedAlsoAfterItsRotation() {
        JsonObject claims = new JsonObject().put("sub", "ä").put("n", 1);
        String signed = new SigningKeys(PUBLISHED, List.of()).sign(claims);

        assertThat(verified(new SigningKeys(OTHER, List.of(PUBLISHED)), signed)).isEqualTo(claims);
        assertThatThrownBy(() -> verified(new SigningKeys(OTHER, List.of()), signed))
                .isNotNull();
        String forged = signed.replaceFirst("\\.[^.]+\\.", ".eyJzdWIiOiJ4In0.");
        assertThatThrownBy(() -> verified(new SigningKeys(PUBLISHED, List.of()), forged))
                .isNotNull();
    }

    private static JsonObject verified(SigningKeys keys, String signed) {
        Vertx vertx = Vertx.vertx();
        try {
            JWTAuthOptions options = new JWTAuthOptions().setJWTOptions(new JWTOptions().setIgnoreExpiration(true));
            keys.publicKeys().getJsonArray("keys").forEach(key -> options.addJwk((JsonObject) key));
            return JWTAuth.create(vertx, options)
                    .authenticate(new TokenCredentials(signed))
                    .await()
                    .attributes()
                    .getJsonObject("accessToken");
        } finally {
            vertx.close().await();
        }
    }
}
