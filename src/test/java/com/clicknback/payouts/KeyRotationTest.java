package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.partners.SecretCipher;
import com.clicknback.partners.SecretRotation;
import com.clicknback.platform.crypto.Rekeying;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.ServiceProcess.Ended;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rotation of the encryption key, on a database of its own, since it changes every payout there is. */
class KeyRotationTest {
    private static final String OLD_KEY = TestConfig.ENCRYPTION_KEY;
    private static final String NEW_KEY = base64(1);
    private static final String OTHER_KEY = base64(2);
    private static final DestinationCipher OLD = PayoutScenario.CIPHER;
    private static final DestinationCipher NEW = PayoutScenario.cipher(NEW_KEY);
    private static final DestinationCipher BOTH = PayoutScenario.cipher(NEW_KEY, OLD_KEY);

    private static TestService service;
    private static PayoutScenario payouts;
    private static Sql sql;

    private static String base64(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return Base64.getEncoder().encodeToString(key);
    }

    @BeforeAll
    static void start() {
        service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock());
        payouts = new Scenario(service).payouts();
        sql = service.sql();
    }

    @AfterEach
    void forget() {
        sql.execute("DELETE FROM payout_idempotency_keys");
        // Payouts that a test left under other keys would count in the next one.
        sql.execute("ALTER TABLE ledger_transfers DISABLE TRIGGER ledger_transfers_append_only");
        sql.execute("DELETE FROM ledger_transfers WHERE payout_id IS NOT NULL");
        sql.execute("ALTER TABLE ledger_transfers ENABLE TRIGGER ledger_transfers_append_only");
        sql.execute("DELETE FROM payouts");
    }

    @AfterAll
    static void close() {
        service.close();
    }

    private static Rekeying.Outcome rotate(DestinationCipher cipher) {
        return TestService.await(KeyRotation.run(service.app().database(), cipher));
    }

    private static List<String> keyIds() {
        return sql.column("SELECT DISTINCT key_id FROM payouts ORDER BY key_id");
    }

    @Test
    void keepsDestinationsAndIdempotencyKeysThroughAChangeOfTheKey() {
        Session user = payouts.userWith("100");
        Reply first = payouts.request(user, "kept", PayoutScenario.body("20")).expect(201);
        String payout = first.json().getString("id");

        try (TestService rotated = service.another(Map.of(
                "CLICKNBACK_ENCRYPTION_KEY", NEW_KEY, "CLICKNBACK_ENCRYPTION_OLD_KEYS", OTHER_KEY + "," + OLD_KEY))) {
            requireReplay(rotated, user, first);
            String second = rotated.api()
                    .as(user)
                    .with("Idempotency-Key", "new")
                    .post("/users/me/payouts", PayoutScenario.body("30"))
                    .expect(201)
                    .json()
                    .getString("id");
            assertThat(keyIds()).containsExactlyInAnyOrder(OLD.currentKeyId(), NEW.currentKeyId());

            assertThat(rotate(BOTH).reencrypted()).isEqualTo(1);

            assertThat(keyIds()).containsExactly(NEW.currentKeyId());
            requireReplay(rotated, user, first);
            for (String id : List.of(payout, second)) {
                assertThat(payouts.destination(id, NEW))
                        .isEqualTo(new Destination(PayoutScenario.IBAN, PayoutScenario.HOLDER));
            }
        }
        TestService.await(
                SecretRotation.run(service.app().database(), new SecretCipher(PayoutScenario.keys(NEW_KEY, OLD_KEY))));
        try (TestService onlyNew = service.another(Map.of("CLICKNBACK_ENCRYPTION_KEY", NEW_KEY))) {
            requireReplay(onlyNew, user, first);
            onlyNew.api()
                    .as(user)
                    .with("Idempotency-Key", "kept")
                    .post("/users/me/payouts", PayoutScenario.body("21"))
                    .expectError(422, "IDEMPOTENCY_KEY_REUSED");
        }
    }

    @Test
    void asksForAnotherTryWhileTheKeyOfARequestIsMissing() {
        Session user = payouts.userWith("100");
        Reply first = payouts.request(user, "kept", PayoutScenario.body("20")).expect(201);
        // Partners could not be recognised without their key, and such a process would not start.
        TestService.await(
                SecretRotation.run(service.app().database(), new SecretCipher(PayoutScenario.keys(NEW_KEY, OLD_KEY))));

        try (TestService without = service.another(Map.of("CLICKNBACK_ENCRYPTION_KEY", NEW_KEY))) {
            without.api()
                    .as(user)
                    .with("Idempotency-Key", "kept")
                    .post("/users/me/payouts", PayoutScenario.body("20"))
                    .expectError(503, "SERVICE_UNAVAILABLE");
        }
        try (TestService both = service.another(
                Map.of("CLICKNBACK_ENCRYPTION_KEY", NEW_KEY, "CLICKNBACK_ENCRYPTION_OLD_KEYS", OLD_KEY))) {
            requireReplay(both, user, first);
        }
    }

    private static void requireReplay(TestService service, Session user, Reply first) {
        Reply repeat = service.api()
                .as(user)
                .with("Idempotency-Key", "kept")
                .post("/users/me/payouts", PayoutScenario.body("20"))
                .expect(201);
        assertThat(repeat.text()).isEqualTo(first.text());
        assertThat(repeat.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void passesOverErasedDestinations() {
        String erase =
                "UPDATE payouts SET destination = NULL, key_id = NULL, status = 'completed', processed_at = now()";
        insertPayouts(3);
        sql.execute(erase + " WHERE id = (SELECT id FROM payouts ORDER BY id LIMIT 1)");

        assertThat(rotate(BOTH).reencrypted()).isEqualTo(2);
        assertThat(missingKeys(NEW)).isEmpty();
        assertThat(missingKeys(OLD)).containsExactly(NEW.currentKeyId());

        sql.execute(erase);
        assertThat(missingKeys(OLD)).isEmpty();
    }

    /** Flips a bit: a byte set to a fixed value may have that value already. */
    private static void corrupt(UUID payout) {
        sql.execute(
                "UPDATE payouts SET destination = set_byte(destination, 20, get_byte(destination, 20) # 1)"
                        + " WHERE id = ?",
                payout);
    }

    private static List<String> missingKeys(DestinationCipher cipher) {
        return TestService.await(KeyRotation.missingKeys(service.app().database(), cipher));
    }

    @Test
    void reencryptsAnyNumberOnceHoweverManyRotateAtOnce() {
        insertPayouts(1_203);

        Future<Rekeying.Outcome> one = KeyRotation.run(service.app().database(), BOTH);
        Future<Rekeying.Outcome> other = KeyRotation.run(service.app().database(), BOTH);

        assertThat(TestService.await(one).reencrypted()
                        + TestService.await(other).reencrypted())
                .isEqualTo(1_203);
        assertThat(keyIds()).containsExactly(NEW.currentKeyId());
        List<Map<String, Object>> all = sql.rows("SELECT id, destination, key_id FROM payouts");
        assertThat(all)
                .hasSize(1_203)
                .allSatisfy(
                        row -> assertThat(PayoutScenario.destination(row, NEW).accountHolder())
                                .isEqualTo("Holder of " + row.get("id")));
        assertThat(rotate(BOTH).reencrypted()).isZero();
    }

    @Test
    void leavesWhatItCannotReadAndNamesTheKey() {
        insertPayouts(3);
        DestinationCipher stranger = PayoutScenario.cipher(OTHER_KEY);

        Rekeying.Outcome outcome = rotate(stranger);

        assertThat(outcome.reencrypted()).isZero();
        assertThat(outcome.unknownKeyIds()).containsExactly(OLD.currentKeyId());
        assertThat(keyIds()).containsExactly(OLD.currentKeyId());
        assertThat(rotate(BOTH)).isEqualTo(new Rekeying.Outcome(3, Set.of(), List.of()));
    }

    @Test
    void leavesADestinationThatSomebodyChangedAndNamesIt() {
        insertPayouts(502);
        UUID first = sql.value("SELECT id FROM payouts ORDER BY id LIMIT 1");
        corrupt(first);
        String sentence = "the payout destination of " + first + " is not authentic";

        Rekeying.Outcome rehearsed =
                TestService.await(KeyRotation.rehearse(service.app().database(), OLD));
        assertThat(rehearsed).isEqualTo(new Rekeying.Outcome(0, Set.of(), List.of(sentence)));
        assertThat(rotate(BOTH)).isEqualTo(new Rekeying.Outcome(501, Set.of(), List.of(sentence)));
        assertThat(sql.<UUID>value("SELECT id FROM payouts WHERE key_id = ?", OLD.currentKeyId()))
                .isEqualTo(first);
    }

    @Test
    void isACommandOfTheService(@TempDir Path folder) {
        insertPayouts(3);
        UUID changed = sql.value("SELECT id FROM payouts ORDER BY id LIMIT 1");
        String sentence = "the payout destination of " + changed + " is not authentic";
        corrupt(changed);
        Map<String, String> environment = new HashMap<>(TestConfig.environment(service.database()));
        environment.put("CLICKNBACK_ENCRYPTION_KEY", NEW_KEY);

        Ended withoutOldKey = ServiceProcess.run(folder, environment, "rekey");
        assertThat(withoutOldKey.status()).isEqualTo(1);
        assertThat(withoutOldKey.output()).contains(OLD.currentKeyId());

        environment.put("CLICKNBACK_ENCRYPTION_OLD_KEYS", OLD_KEY);
        Ended rotated = ServiceProcess.run(folder, environment, "rekey");
        assertThat(rotated.output())
                .contains("Encrypted 2 payout destinations")
                .contains("Left as it is: " + sentence + ".");
        assertThat(rotated.status()).isEqualTo(1);

        Ended checked = ServiceProcess.run(folder, environment, "check");
        assertThat(checked.output()).contains(sentence);
        assertThat(checked.status()).isEqualTo(1);
        sql.execute("DELETE FROM payouts WHERE id = ?", changed);
        assertThat(keyIds()).containsExactly(NEW.currentKeyId());
        assertThat(ServiceProcess.run(folder, environment, "rekey").status()).isZero();
    }

    /** Writes payouts under the old key directly. */
    private static void insertPayouts(int count) {
        UUID user = new Scenario(service).users(1).get(0);
        try (Connection connection = sql.connect();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO payouts (id, user_id, amount_minor, currency, method, destination, key_id,
                                             iban_last4, status, requested_at)
                        VALUES (?, ?, 1000, 'EUR', 'bank_transfer', ?, ?, '3000', 'requested', now())
                        """)) {
            for (int i = 0; i < count; i++) {
                UUID id = UUID.randomUUID();
                Sealed destination = OLD.encrypt(id, new Destination(PayoutScenario.IBAN, "Holder of " + id));
                insert.setObject(1, id);
                insert.setObject(2, user);
                insert.setBytes(3, destination.bytes());
                insert.setString(4, destination.keyId());
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
