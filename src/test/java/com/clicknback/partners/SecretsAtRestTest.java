package com.clicknback.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.ServiceProcess.Ended;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secrets of partners in the database, on one of its own, since it loses and changes keys. */
class SecretsAtRestTest {
    private static final String NEW_KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @TempDir
    private Path folder;

    private TestService service;
    private Scenario given;
    private Sql sql;

    @BeforeEach
    void start() {
        service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock());
        given = new Scenario(service);
        sql = service.sql();
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void showsNoSecretToWhoeverReadsTheDatabase() {
        Partner partner = given.partner();
        String added = given.asAdmin()
                .post("/partners/" + partner.id() + "/secrets")
                .json()
                .getString("secret");

        String dump = String.join(
                "\n",
                sql.column("SELECT row::text FROM partner_secrets row UNION ALL SELECT row::text FROM audit_log row"));

        for (String secret : List.of(partner.secret(), added)) {
            byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
            assertThat(dump).doesNotContain(secret, HexFormat.of().formatHex(key));
        }
        assertThat(dump).contains("\\x");
    }

    @Test
    void takesNoSecretThatWasMovedFromAnotherPartner() {
        Partner partner = given.partner();
        Partner other = given.partner();
        sql.execute(
                "UPDATE partner_secrets SET wrapped = (SELECT wrapped FROM partner_secrets WHERE partner_id = ?)"
                        + " WHERE partner_id = ?",
                other.id(),
                partner.id());

        send(service.api(), partner, new Partner(partner.id(), other.secret())).expectError(503, "SERVICE_UNAVAILABLE");
        send(service.api(), other, other).expect(422);
    }

    @Test
    void asksAPartnerWhoseKeyIsMissingToTryAgainAndServesTheOthers() {
        Partner partner = given.partner();
        Partner other = given.partner();
        sql.execute("UPDATE partner_secrets SET key_id = 'elsewhere' WHERE partner_id = ?", partner.id());

        send(service.api(), partner, partner).expectError(503, "SERVICE_UNAVAILABLE");
        send(service.api(), other, other).expect(422);
    }

    @Test
    void keepsSecretsThroughAChangeOfTheKey() {
        Partner before = given.partner();
        String oldKeyId = sql.value("SELECT DISTINCT key_id FROM partner_secrets");
        Map<String, String> environment = new HashMap<>(TestConfig.environment(service.database()));
        environment.put("CLICKNBACK_ENCRYPTION_KEY", NEW_KEY);

        Ended refused = ServiceProcess.run(folder, environment, "serve");
        assertThat(refused.output())
                .contains("clicknback: partner secrets are encrypted with the key " + oldKeyId)
                .contains("CLICKNBACK_ENCRYPTION_OLD_KEYS");
        assertThat(refused.status()).isEqualTo(2);
        Ended checked = ServiceProcess.run(folder, environment, "check");
        assertThat(checked.output()).contains("partner secrets are encrypted with the key " + oldKeyId);
        assertThat(checked.status()).isEqualTo(1);
        assertThat(ServiceProcess.run(folder, environment, "rekey").output())
                .contains("partner secrets of the unknown key " + oldKeyId);

        Partner between;
        try (TestService both = service.another(Map.of(
                "CLICKNBACK_ENCRYPTION_KEY", NEW_KEY, "CLICKNBACK_ENCRYPTION_OLD_KEYS", TestConfig.ENCRYPTION_KEY))) {
            between = new Scenario(both).partner();
            send(both.api(), before, before).expect(422);
            // The first service has not been given the new key.
            send(service.api(), between, between).expectError(503, "SERVICE_UNAVAILABLE");
        }
        environment.put("CLICKNBACK_ENCRYPTION_OLD_KEYS", TestConfig.ENCRYPTION_KEY);
        Ended rekeyed = ServiceProcess.run(folder, environment, "rekey");
        assertThat(rekeyed.output()).contains("and 1 partner secrets with the current key.");
        assertThat(rekeyed.status()).isZero();
        assertThat(sql.column("SELECT DISTINCT key_id FROM partner_secrets")).containsExactly(newKeyId());

        try (TestService onlyNew = service.another(Map.of("CLICKNBACK_ENCRYPTION_KEY", NEW_KEY))) {
            send(onlyNew.api(), before, before).expect(422);
            send(onlyNew.api(), between, between).expect(422);
        }
    }

    private static String newKeyId() {
        return new Keyring(new SecretKeySpec(Base64.getDecoder().decode(NEW_KEY), "AES"), List.of()).currentKeyId();
    }

    /** Sends a webhook that is refused for its body once its signature has matched. */
    private Reply send(ApiClient api, Partner to, Partner signer) {
        String body = "{\"type\":\"none\"}";
        return api.with(signer.sign(body, service.clock().instant())).post(to.purchasesPath(), body);
    }
}
