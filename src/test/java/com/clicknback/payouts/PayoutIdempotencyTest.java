package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
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
    private final PayoutScenario payouts;

    PayoutIdempotencyTest(Scenario given, Sql sql) {
        this.sql = sql;
        this.payouts = given.payouts();
    }

    private long payouts(Session user) {
        return sql.count("SELECT count(*) FROM payouts WHERE user_id = ?", user.userId());
    }

    @Test
    void answersARepeatAsTheFirstTimeAndBooksNothing() {
        Session user = payouts.userWith("100");
        Reply first = payouts.request(user, KEY, PayoutScenario.body("25.00")).expect(201);
        assertThat(first.header("Idempotency-Replayed")).isNull();

        JsonObject sameOtherwise = PayoutScenario.body(
                        "0", "de89 3704 0044 0532 0130 00", "  " + PayoutScenario.HOLDER + " ")
                .put("amount", 25);
        Reply repeat = payouts.request(user, KEY, sameOtherwise).expect(201);

        assertThat(repeat.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(repeat.text()).isEqualTo(first.text());
        assertThat(payouts(user)).isEqualTo(1);
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 75.00 reserved 25.00 paid 0.00");
    }

    @Test
    void answersARepeatAsTheFirstTimeWhateverBecameOfThePayout() {
        Session user = payouts.userWith("50");
        Reply first = payouts.request(user, KEY, PayoutScenario.body("50")).expect(201);
        String payout = first.json().getString("id");
        payouts.setStatus(payout, JsonObject.of("status", "processing", "external_reference", "sepa-1"))
                .expect(200);
        assertThat(payouts.request(user, KEY, PayoutScenario.body("50"))
                        .expect(201)
                        .text())
                .isEqualTo(first.text());
        payouts.setStatus(payout, "failed").expect(200);
        assertThat(payouts.request(user, KEY, PayoutScenario.body("50"))
                        .expect(201)
                        .text())
                .isEqualTo(first.text());
        assertThat(payouts(user)).isEqualTo(1);
    }

    @Test
    void repeatsEvenWhatPolicyOrBalanceWouldRefuseByNow() {
        Session user = payouts.userWith("1000");
        Reply first = payouts.request(user, KEY, PayoutScenario.body("1000")).expect(201);
        assertThat(payouts.wallet(user)).startsWith("pending 0.00 available 0.00");
        assertThat(payouts.request(user, KEY, PayoutScenario.body("1000"))
                        .expect(201)
                        .text())
                .isEqualTo(first.text());
    }

    static Stream<Arguments> otherRequests() {
        return Stream.of(
                Arguments.of("another amount", PayoutScenario.body("25.01")),
                Arguments.of(
                        "another IBAN", PayoutScenario.body("25.00", "AT611904300234573201", PayoutScenario.HOLDER)),
                Arguments.of("another holder", PayoutScenario.body("25.00", PayoutScenario.IBAN, "Erika Beispiel")),
                Arguments.of(
                        "the holder in other case", PayoutScenario.body("25.00", PayoutScenario.IBAN, "ERIKA EXAMPLE")),
                Arguments.of("an amount that no policy allows", PayoutScenario.body("5000")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherRequests")
    void refusesTheKeyForAnotherRequest(String what, JsonObject other) {
        Session user = payouts.userWith("100");
        payouts.request(user, KEY, PayoutScenario.body("25.00")).expect(201);

        JsonObject details = payouts.request(user, KEY, other).expectError(422, "IDEMPOTENCY_KEY_REUSED");

        assertThat(details).as(what).isEqualTo(JsonObject.of("idempotency_key", KEY));
        assertThat(payouts(user)).isEqualTo(1);
        payouts.request(user, KEY + "2", PayoutScenario.body("25.00")).expect(201);
    }

    @Test
    void leavesTheKeyOfARefusedRequestFree() {
        Session user = payouts.userWith("20");
        payouts.request(user, KEY, PayoutScenario.body("5")).expectError(422, "PAYOUT_POLICY_VIOLATION");
        payouts.request(user, KEY, PayoutScenario.body("30")).expectError(409, "INSUFFICIENT_BALANCE");
        assertThat(payouts.request(user, KEY, PayoutScenario.body("x")).expectViolations(422))
                .containsExactly("amount");
        Reply granted = payouts.request(user, KEY, PayoutScenario.body("20")).expect(201);
        assertThat(granted.header("Idempotency-Replayed")).isNull();
    }

    @Test
    void keepsTheKeysOfUsersApart() {
        Session one = payouts.userWith("20");
        Session other = payouts.userWith("20");
        String ofOne =
                payouts.request(one, KEY, PayoutScenario.body("20")).expect(201).text();
        String ofOther = payouts.request(other, KEY, PayoutScenario.body("15"))
                .expect(201)
                .text();
        assertThat(ofOther).isNotEqualTo(ofOne);
    }

    @Test
    void tellsKeysApartByEveryCharacter() {
        Session user = payouts.userWith("60");
        for (String key : new String[] {"k", "K", "k".repeat(255), "k".repeat(254)}) {
            assertThat(payouts.request(user, key, PayoutScenario.body("15"))
                            .expect(201)
                            .header("Idempotency-Replayed"))
                    .isNull();
        }
    }

    @Test
    void takesEveryRequestWithoutAKeyForAnotherPayout() {
        Session user = payouts.userWith("30");
        String first = payouts.payout(user, "15");
        assertThat(payouts.payout(user, "15")).isNotEqualTo(first);
    }

    @Test
    void keepsNoFingerprintThatCouldBeFoundByTrying() {
        Session user = payouts.userWith("25");
        payouts.request(user, KEY, PayoutScenario.body("25.00")).expect(201);
        byte[] fingerprint =
                sql.value("SELECT fingerprint FROM payout_idempotency_keys WHERE user_id = ?", user.userId());
        for (String guess : new String[] {
            "25.00\n" + PayoutScenario.IBAN + "\n" + PayoutScenario.HOLDER,
            "2500\n" + PayoutScenario.IBAN + "\n" + PayoutScenario.HOLDER,
            PayoutScenario.IBAN
        }) {
            assertThat(sql.<byte[]>value("SELECT sha256(convert_to(?, 'UTF8'))", guess))
                    .isNotEqualTo(fingerprint);
        }
    }
}
