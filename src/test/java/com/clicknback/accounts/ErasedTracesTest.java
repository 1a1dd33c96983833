package com.clicknback.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Texts that name a person, in any table, before and after an erasure. */
@ExtendWith(ServiceExtension.class)
class ErasedTracesTest {
    private static final String IBAN = "GB82WEST12345698765432";
    private static final String HOLDER = "Severin Vergessen";
    private static final JsonObject EVEN_IF_OWED = JsonObject.of("even_if_owed", true);

    private final TestService service;
    private final ApiClient api;
    private final Scenario given;
    private final Sql sql;
    private final PayoutScenario payouts;

    ErasedTracesTest(TestService service, ApiClient api, Scenario given, Sql sql) {
        this.service = service;
        this.api = api;
        this.given = given;
        this.sql = sql;
        this.payouts = given.payouts();
    }

    private static String path(Session user) {
        return "/users/" + user.userId() + "/erasure";
    }

    private Reply erase(Session user) {
        return given.asAdmin().send("POST", path(user), null);
    }

    /** A user whose only cashback was paid out, with a note at a flag. */
    private Session paidOut() {
        Session user = payouts.userWith("25.00");
        String payout = payouts.request(user, "my key of " + user.email(), PayoutScenario.body("25.00", IBAN, HOLDER))
                .expect(201)
                .json()
                .getString("id");
        payouts.setStatus(payout, "completed").expect(200);
        given.asAdmin()
                .put(
                        "/feature-flags/likes_to_call",
                        JsonObject.of(
                                "enabled",
                                true,
                                "scope_type",
                                "user",
                                "scope_id",
                                user.userId().toString(),
                                "description",
                                "Ask for " + HOLDER))
                .expect(200);
        return user;
    }

    @Test
    void leavesNoTraceOfThePersonInAnyTable() {
        Session user = paidOut();
        List<String> traces = List.of(user.email(), HOLDER);
        assertThat(rowsWith(traces, user))
                .containsExactlyInAnyOrder("users", "feature_flags", "payout_idempotency_keys");
        String sealed = "SELECT count(*) FROM payouts WHERE user_id = ? AND num_nonnulls(destination, key_id) > 0";
        assertThat(sql.count(sealed, user.userId())).isOne();

        JsonObject erased = erase(user).expect(200).json();

        assertThat(erased.getString("erased_at")).isNotNull();
        assertThat(erased.getBoolean("settled")).isTrue();
        assertThat(erased.getInteger("destinations")).isZero();
        assertThat(rowsWith(traces, user)).isEmpty();
        assertThat(sql.count(sealed, user.userId())).isZero();
        assertThat(sql.count("SELECT count(*) FROM payout_idempotency_keys WHERE user_id = ?", user.userId()))
                .isZero();
    }

    /** The tables in which one of the texts stands, as it is or as bytes. */
    private List<String> rowsWith(List<String> texts, Session user) {
        String[] patterns = texts.stream()
                .flatMap(text -> Stream.of(text, HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8))))
                .map(text -> "%" + text + "%")
                .toArray(String[]::new);
        return sql.<String>column("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'").stream()
                .filter(table -> sql.count(
                                "SELECT count(*) FROM " + table
                                        + " AS row WHERE row::text ILIKE ANY (?) AND row::text LIKE ?",
                                patterns,
                                "%" + user.userId() + "%")
                        > 0)
                .toList();
    }

    @Test
    void keepsTheBooks() {
        Session user = paidOut();
        JsonObject wallet = given.wallet(user);
        long transfers = sql.count("SELECT count(*) FROM ledger_transfers WHERE user_id = ?", user.userId());

        erase(user).expect(200);

        String ofUser = "/users/" + user.userId();
        assertThat(given.asAdmin().get(ofUser + "/wallet").expect(200).json()).isEqualTo(wallet);
        assertThat(sql.count("SELECT count(*) FROM ledger_transfers WHERE user_id = ?", user.userId()))
                .isEqualTo(transfers)
                .isPositive();
        JsonObject payout = given.asAdmin()
                .get(ofUser + "/payouts")
                .expect(200)
                .json()
                .getJsonArray("data")
                .getJsonObject(0);
        assertThat(payout.getString("iban_last4")).isEqualTo("5432");
        service.requireCleanLedger();
    }

    @Test
    void takesWhatTheUserCalledPurchasesAndOrders() {
        Session user = given.user();
        UUID merchant = given.merchant();
        String mine = "order of " + user.email();
        for (String name : List.of("mine", "both")) {
            JsonObject own = given.purchase(user.userId(), merchant, "10.00")
                    .put("external_id", name + " of " + user.email())
                    .put("order_ref", name.equals("mine") ? mine : name + user.userId());
            api.as(user).post("/purchases", own).expect(201);
        }
        JsonObject reported = given.purchase(user.userId(), merchant, "10.00").put("order_ref", "both" + user.userId());
        Partner partner = given.partner();
        given.report(partner, reported).expect(200);
        service.awaitCredits();
        List<String> traces = List.of(user.email());
        assertThat(rowsWith(traces, user)).containsExactlyInAnyOrder("users", "purchases", "purchase_orders");

        given.asAdmin().post(path(user), EVEN_IF_OWED).expect(200);

        assertThat(rowsWith(traces, user)).isEmpty();
        given.report(partner, reported).expect(200);
        service.requireCleanLedger();
    }

    /** An administrator may write a note at a flag of an account that is erased. */
    @Test
    void takesWhatCameInSinceWhenItIsRepeated() {
        Session user = given.user();
        erase(user).expect(200);
        given.asAdmin()
                .put(
                        "/feature-flags/likes_to_call",
                        JsonObject.of("enabled", true, "scope_type", "user", "description", "Ask for " + HOLDER)
                                .put("scope_id", user.userId().toString()))
                .expect(200);
        assertThat(rowsWith(List.of(HOLDER), user)).containsExactly("feature_flags");

        erase(user).expect(200);

        assertThat(rowsWith(List.of(HOLDER), user)).isEmpty();
    }
}
