package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(ServiceExtension.class)
class PayoutIdempotencyTest {
    private static final String KEY = "payout of April ~!\"";

    private final Sql sql;
    private final Scene scene;

    PayoutIdempotencyTest(TestService service, Scenario given, Sql sql) {
        this.sql = sql;
        this.scene = new Scene(service, given);
    }

    private long payouts(Session user) {
        return sql.count("SELECT count(*) FROM payouts WHERE user_id = ?", user.userId());
    }

    @Test
    void answersARepeatAsTheFirstTimeAndBooksNothing() {
        Session user = scene.userWith("100");
        Reply first = scene.request(user, KEY, Scene.body("25.00")).expect(201);
        assertThat(first.header("Idempotency-Replayed")).isNull();

        JsonObject sameOtherwise = Scene.body("0", "de89 3704 0044 0532 0130 00", "  " + Scene.HOLDER + " ")
                .put("amount", 25);
        Reply repeat = scene.request(user, KEY, sameOtherwise).expect(201);

        assertThat(repeat.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(repeat.text()).isEqualTo(first.text());
        assertThat(payouts(user)).isEqualTo(1);
        assertThat(scene.wallet(user)).isEqualTo("pending 0.00 available 75.00 reserved 25.00 paid 0.00");
    }

    @Test
    void answersARepeatAsTheFirstTimeWhateverBecameOfThePayout() {
        Session user = scene.userWith("50");
        Reply first = scene.request(user, KEY, Scene.body("50")).expect(201);
        String payout = first.json().getString("id");
        scene.setStatus(payout, JsonObject.of("status", "processing", "external_reference", "sepa-1"))
                .expect(200);
        assertThat(scene.request(user, KEY, Scene.body("50")).expect(201).text())
                .isEqualTo(first.text());
        scene.setStatus(payout, "failed").expect(200);
        assertThat(scene.request(user, KEY, Scene.body("50")).expect(201).text())
                .isEqualTo(first.text());
        assertThat(payouts(user)).isEqualTo(1);
    }

    @Test
    void repeatsEvenWhatPolicyOrBalanceWouldRefuseByNow() {
        Session user = scene.userWith("1000");
        Reply first = scene.request(user, KEY, Scene.body("1000")).expect(201);
        assertThat(scene.wallet(user)).startsWith("pending 0.00 available 0.00");
        assertThat(scene.request(user, KEY, Scene.body("1000")).expect(201).text())
                .isEqualTo(first.text());
    }

    static Stream<Arguments> otherRequests() {
        return Stream.of(
                Arguments.of("another amount", Scene.body("25.01")),
                Arguments.of("another IBAN", Scene.body("25.00", "AT611904300234573201", Scene.HOLDER)),
                Arguments.of("another holder", Scene.body("25.00", Scene.IBAN, "Erika Beispiel")),
                Arguments.of("the holder in other case", Scene.body("25.00", Scene.IBAN, "ERIKA EXAMPLE")),
                Arguments.of("an amount that no policy allows", Scene.body("5000")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherRequests")
    void refusesTheKeyForAnotherRequest(String what, JsonObject other) {
        Session user = scene.userWith("100");
        scene.request(user, KEY, Scene.body("25.00")).expect(201);

        JsonObject details = scene.request(user, KEY, other).expectError(422, "IDEMPOTENCY_KEY_REUSED");

        assertThat(details).as(what).isEqualTo(JsonObject.of("idempotency_key", KEY));
        assertThat(payouts(user)).isEqualTo(1);
        scene.request(user, KEY + "2", Scene.body("25.00")).expect(201);
    }

    @Test
    void leavesTheKeyOfARefusedRequestFree() {
        Session user = scene.userWith("20");
        scene.request(user, KEY, Scene.body("5")).expectError(422, "PAYOUT_POLICY_VIOLATION");
        scene.request(user, KEY, Scene.body("30")).expectError(409, "INSUFFICIENT_BALANCE");
        assertThat(scene.request(user, KEY, Scene.body("x")).expectViolations(422))
                .containsExactly("amount");
        Reply granted = scene.request(user, KEY, Scene.body("20")).expect(201);
        assertThat(granted.header("Idempotency-Replayed")).isNull();
    }

    @Test
    void keepsTheKeysOfUsersApart() {
        Session one = scene.userWith("20");
        Session other = scene.userWith("20");
        String ofOne = scene.request(one, KEY, Scene.body("20")).expect(201).text();
        String ofOther = scene.request(other, KEY, Scene.body("15")).expect(201).text();
        assertThat(ofOther).isNotEqualTo(ofOne);
    }

    @Test
    void tellsKeysApartByEveryCharacter() {
        Session user = scene.userWith("60");
        for (String key : new String[] {"k", "K", "k".repeat(255), "k".repeat(254)}) {
            assertThat(scene.request(user, key, Scene.body("15")).expect(201).header("Idempotency-Replayed"))
                    .isNull();
        }
    }

    @Test
    void takesEveryRequestWithoutAKeyForAnotherPayout() {
        Session user = scene.userWith("30");
        String first = scene.payout(user, "15");
        assertThat(scene.payout(user, "15")).isNotEqualTo(first);
    }

    @Test
    void keepsNoFingerprintThatCouldBeFoundByTrying() {
        Session user = scene.userWith("25");
        scene.request(user, KEY, Scene.body("25.00")).expect(201);
        byte[] fingerprint =
                sql.value("SELECT fingerprint FROM payout_idempotency_keys WHERE user_id = ?", user.userId());
        for (String guess : new String[] {
            "25.00\n" + Scene.IBAN + "\n" + Scene.HOLDER, "2500\n" + Scene.IBAN + "\n" + Scene.HOLDER, Scene.IBAN
        }) {
            assertThat(sql.<byte[]>value("SELECT sha256(convert_to(?, 'UTF8'))", guess))
                    .isNotEqualTo(fingerprint);
        }
    }
}
