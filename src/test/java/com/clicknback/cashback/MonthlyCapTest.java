package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The remaining allowance under an offer's cap, seen through real purchases. */
@ExtendWith(ServiceExtension.class)
class MonthlyCapTest {
    private static final String PURCHASES = "/purchases";

    private final TestService service;
    private final Scenario given;
    private final Sql sql;
    private final TestClock clock;
    private Session user;
    private ApiClient api;
    private UUID capped;
    private UUID offer;

    MonthlyCapTest(TestService service, Scenario given, Sql sql, TestClock clock) {
        this.service = service;
        this.given = given;
        this.sql = sql;
        this.clock = clock;
    }

    @BeforeEach
    void aUserAndAnOfferOfFiveUpToSix() {
        user = given.member();
        api = service.api().as(user);
        capped = given.merchant("0");
        offer = given.offer(capped, "fixed", "5", "6");
    }

    @Test
    void cutsThenEmptiesAndComesBackWithAReversal() {
        UUID first = buyAndCredit();
        UUID second = buyAndCredit();
        UUID third = buyAndCredit();
        assertThat(Stream.of(first, second, third).map(this::cashback)).containsExactly("5.00", "1.00", "0.00");
        assertThat(given.purchase(third).getString("cashback_status"))
                .as("a cashback of nothing is credited all the same")
                .isEqualTo("pending");
        assertThat(pending(user)).isEqualTo("6.00");

        given.asAdmin().patch("/purchases/" + first + "/reverse", null).expect(200);
        assertThat(pending(user)).isEqualTo("6.00");
        assertThat(Stream.of(second, third).map(this::cashback))
                .as("goes to those that were cut, the oldest first")
                .containsExactly("5.00", "1.00");
        assertThat(cashback(buyAndCredit())).isEqualTo("0.00");
    }

    @Test
    void comesBackWithARejectionButNotWithAConfirmation() {
        UUID confirmed = buyAndCredit();
        given.asAdmin().post("/purchases/" + confirmed + "/confirmation").expect(200);
        UUID rejected = buyAndCredit();
        assertThat(cashback(rejected)).isEqualTo("1.00");
        given.asAdmin()
                .post("/purchases/" + rejected + "/rejection", JsonObject.of("reason", "returned"))
                .expect(200);
        UUID third = buyAndCredit();
        assertThat(cashback(third)).isEqualTo("1.00");
        given.asAdmin().patch("/purchases/" + confirmed + "/reverse", null).expect(200);
        assertThat(cashback(third)).isEqualTo("5.00");
        assertThat(cashback(buyAndCredit())).isEqualTo("1.00");
        assertThat(pending(user)).isEqualTo("6.00");
    }

    @Test
    void anAnswerTellsTheAmountBeforeTheCap() {
        buyAndCredit();
        JsonObject created = api.post(PURCHASES, bought()).expect(201).json();
        assertThat(created.getString("cashback_amount")).isEqualTo("5.00");
        service.awaitCredits();
        assertThat(cashback(UUID.fromString(created.getString("id")))).isEqualTo("1.00");
    }

    @Test
    void isThatOfTheMonthOfThePurchaseAndOfEachUser() {
        sql.execute(
                "UPDATE offers SET start_date = ?::date WHERE id = ?",
                clock.today().minusDays(80).toString(),
                offer);
        Instant lastMonth =
                clock.today().withDayOfMonth(1).minusDays(1).atTime(23, 59, 59).toInstant(ZoneOffset.UTC);
        Session other = given.member();
        given.buy(user, capped, "20.00");
        given.buy(other, capped, "20.00");
        api.post(PURCHASES, bought().put("purchased_at", lastMonth.toString())).expect(201);
        assertThat(pending(user)).isEqualTo("10.00");
        assertThat(pending(other)).isEqualTo("5.00");
    }

    @Test
    void theMerchantsDefaultHasNone() {
        UUID merchant = given.merchant();
        for (int i = 0; i < 3; i++) {
            given.buy(user, merchant, "9999999999.99");
        }
        assertThat(pending(user)).isEqualTo("1500000000.00");
    }

    /** Single purchases, webhooks and batches of one user at once, decided about while they are credited. */
    @Test
    void isNeverPassedByManyPurchasesAtOnce() {
        given.asAdmin()
                .patch("/offers/" + offer + "/status", "{\"status\":\"inactive\"}")
                .expect(200);
        given.offer(capped, "percent", "10", "50");
        Partner partner = given.partner();
        List<CompletableFuture<Reply>> sent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sent.add(api.sendAsync("POST", PURCHASES, given.purchase(user.userId(), capped, "17.00")));
            String event =
                    given.event(given.purchase(user.userId(), capped, "13.00")).encode();
            sent.add(signed(partner, partner.purchasesPath(), event));
            if (i % 10 == 0) {
                List<JsonObject> many = Stream.generate(() -> given.purchase(user.userId(), capped, "9.00"))
                        .limit(20)
                        .toList();
                sent.add(signed(partner, partner.batchPath(), given.batch(many).encode()));
            }
        }
        List<Reply> replies = sent.stream().map(CompletableFuture::join).toList();
        assertThat(replies).allMatch(reply -> reply.status() == 201 || reply.status() == 200);
        assertThat(pending(user)).isEqualTo("50.00");

        List<UUID> ids = sql.column("SELECT id FROM purchases WHERE user_id = ?", user.userId());
        assertThat(ids).hasSize(160);
        ApiClient admin = given.asAdmin();
        List<CompletableFuture<Reply>> decided = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            String path = "/purchases/" + ids.get(i);
            decided.add(
                    i % 2 == 0
                            ? admin.sendAsync("PATCH", path + "/reverse", null)
                            : admin.sendAsync("POST", path + "/confirmation", null));
            decided.add(api.sendAsync("POST", PURCHASES, given.purchase(user.userId(), capped, "3.00")));
        }
        // All wait for the one wallet: a slow machine gives the last of them up in time.
        List<Reply> answers = decided.stream().map(CompletableFuture::join).toList();
        assertThat(answers).allMatch(reply -> Set.of(200, 201, 503).contains(reply.status()));
        assertThat(answers).anyMatch(reply -> reply.status() == 200).anyMatch(reply -> reply.status() == 201);
        JsonObject wallet = given.wallet(user);
        BigDecimal held = new BigDecimal(wallet.getString("pending_balance"))
                .add(new BigDecimal(wallet.getString("available_balance")));
        assertThat(held).isLessThanOrEqualTo(new BigDecimal("50.00"));
        service.requireCleanLedger();
    }

    private CompletableFuture<Reply> signed(Partner partner, String path, String body) {
        return service.api().with(partner.sign(body, clock.instant())).sendAsync("POST", path, body);
    }

    private UUID buyAndCredit() {
        UUID id = given.buy(user, capped, "20.00");
        service.awaitCredits();
        return id;
    }

    private JsonObject bought() {
        return given.purchase(user.userId(), capped, "20.00");
    }

    private String cashback(UUID id) {
        return given.purchase(id).getString("cashback_amount");
    }

    private String pending(Session owner) {
        return given.wallet(owner).getString("pending_balance");
    }
}
