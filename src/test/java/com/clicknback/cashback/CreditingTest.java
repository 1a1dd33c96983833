package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.money.Money;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.HeldCrediting;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Crediting as a follower of the event log, on a database of its own with one or two services. */
class CreditingTest {
    private static final String ALL_CREDITS = "SELECT count(*) FROM cashback_credits";

    private static Address database;
    private static TestService service;
    private static Scenario given;
    private static Sql sql;
    private Session user;
    private UUID merchant;

    @BeforeAll
    static void startService() {
        database = TestServer.shared().createMigratedDatabase();
        service = TestService.start(database, new TestClock());
        given = new Scenario(service);
        sql = service.sql();
    }

    @AfterAll
    static void closeService() {
        service.requireCleanLedger();
        service.close();
    }

    @BeforeEach
    void aUserAtAMerchantOfFivePercent() {
        user = given.member();
        merchant = given.merchant();
    }

    @Test
    void twoServicesOnOneDatabaseCreditEverythingOnce() {
        try (TestService other = service.another(Map.of())) {
            Partner partner = given.partner();
            List<CompletableFuture<Reply>> sent = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String body = given.event(given.purchase(user.userId(), merchant, "10.00"))
                        .encode();
                sent.add((i % 2 == 0 ? service : other)
                        .api()
                        .with(partner.sign(body, service.clock().instant()))
                        .sendAsync("POST", partner.purchasesPath(), body));
            }
            assertThat(sent.stream().map(CompletableFuture::join)).allMatch(reply -> reply.status() == 201);
            service.awaitCredits();
            other.awaitCredits();
        }
        assertCredited(200);
    }

    @Test
    void aServiceTakesOverWhenTheOtherEnds() {
        TestService other = service.another(Map.of());
        given.buy(user, merchant, "10.00");
        other.awaitCredits();
        other.close();
        given.buy(user, merchant, "10.00");
        service.awaitCredits();
        assertCredited(2);
    }

    /** A purchase stored by a process that died before it could tell anybody. */
    @Test
    void aLostNudgeCostsNoCredit() {
        store(UUID.randomUUID(), user.userId());
        Waiting.until("the poll has found it", () -> credits() == 1);
        assertCredited(1);
    }

    @Test
    void whatWasStoredWhileNoServiceRanIsCreditedAtTheNextStart() {
        service.close();
        store(UUID.randomUUID(), user.userId());
        service = TestService.start(database, service.clock());
        given = new Scenario(service);
        service.awaitCredits();
        assertCredited(1);
    }

    /** The first attempts end half-way, after money has moved in their transaction: none of it may stay. */
    @Test
    void aTransactionThatFailsHalfWayIsRepeatedAsAWhole() {
        sql.execute("CREATE SEQUENCE attempts");
        sql.execute("CREATE FUNCTION fail_twice() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN IF nextval('attempts') <= 2 THEN RAISE EXCEPTION 'half-way'; END IF; RETURN NULL; END $$");
        sql.execute("CREATE TRIGGER half_way AFTER INSERT ON event_log FOR EACH ROW"
                + " WHEN (NEW.type = 'cashback.credited') EXECUTE FUNCTION fail_twice()");
        given.buy(user, merchant, "10.00");
        Waiting.until("set aside", () -> setbacks() == 1);
        assertThat(credits()).isZero();
        Waiting.until("credited in the end", () -> {
            service.clock().advance(Duration.ofMinutes(1));
            return credits() == 1;
        });
        assertThat(sql.count("SELECT last_value FROM attempts")).isGreaterThan(2);
        sql.execute("DROP FUNCTION fail_twice CASCADE");
        sql.execute("DROP SEQUENCE attempts");
        assertCredited(1);
    }

    /** The same work once more, as after an attempt whose commit was in doubt, finds everything credited. */
    @Test
    void workThatComesTwiceCreditsNothingTwice() {
        given.buy(user, merchant, "10.00");
        service.awaitCredits();
        sql.execute("""
                INSERT INTO crediting_batches (shard, purchase_ids, user_ids, ingested_at)
                SELECT crediting_shard(user_id), ARRAY[id], ARRAY[user_id], now() FROM purchases WHERE user_id = ?
                """, user.userId());
        given.buy(user, merchant, "10.00");
        service.awaitCredits();
        assertCredited(2);
    }

    @Test
    void aBatchOfCreditsIsAuditedAndLoggedOnce() {
        List<JsonObject> items = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            items.add(given.purchase(user.userId(), merchant, "10.00"));
        }
        given.report(given.partner(), items).expect(200);
        service.awaitCredits();
        List<String> events = sql.column(
                "SELECT event_payload(e)::text FROM event_log e WHERE type = 'cashback.credited' AND event_payload(e)::text LIKE ?",
                "%" + user.userId() + "%");
        assertThat(events).hasSize(1);
        assertThat(new JsonObject(events.get(0)).getJsonArray("credits")).hasSize(5);
        List<String> audit = sql.column("""
                SELECT details::text FROM audit_log
                WHERE action = 'CASHBACK_CREDITED' AND resource_type = 'cashback_batch' ORDER BY id DESC LIMIT 1
                """);
        assertThat(new JsonObject(audit.get(0))).isEqualTo(JsonObject.of("purchases", "5", "cashback_amount", "2.50"));
    }

    /** A purchase whose booking violates a constraint must not hold up the others that were ingested with it. */
    @Test
    void aPurchaseThatCannotBeCreditedIsSetAsideAndOthersGoOn() {
        Session unlucky = given.member();
        poison(unlucky);
        List<JsonObject> items = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            items.add(given.purchase(i == 7 ? unlucky.userId() : user.userId(), merchant, "10.00"));
        }
        given.report(given.partner(), items).expect(200);
        service.awaitCredits();

        assertCredited(19);
        assertThat(sql.<String>column("SELECT reason FROM crediting_setbacks WHERE user_id = ?", unlucky.userId()))
                .singleElement()
                .asString()
                .contains("poisoned");
        given.buy(user, merchant, "10.00");
        service.awaitCredits();
        assertCredited(20);

        sql.execute("DROP FUNCTION poison CASCADE");
        Waiting.until("credited once its cause is gone", () -> {
            service.clock().advance(Duration.ofMinutes(1));
            return setbacks() == 0;
        });
        assertThat(sql.count("SELECT count(*) FROM cashback_credits WHERE user_id = ?", unlucky.userId()))
                .isEqualTo(1);
        assertThat(sql.count("""
                SELECT count(*) FROM purchases p JOIN audit_log a ON a.resource_id = p.id::text
                WHERE p.user_id = ? AND a.resource_type = 'purchase' AND a.action = 'CASHBACK_CREDITED'
                """, unlucky.userId())).isEqualTo(1);
    }

    @Test
    void aFailingRetryWaitsLongerEachTime() {
        Session unlucky = given.member();
        poison(unlucky);
        given.buy(unlucky, merchant, "10.00");
        Waiting.until("set aside", () -> setbacks() == 1);
        Waiting.until("tried four times", () -> {
            service.clock().advance(Duration.ofSeconds(10));
            return sql.count("SELECT attempts FROM crediting_setbacks") >= 4;
        });
        assertThat(sql.count("SELECT extract(epoch FROM due_at - failed_at)::bigint FROM crediting_setbacks"))
                .isGreaterThanOrEqualTo(80);
        sql.execute("DROP FUNCTION poison CASCADE");
        Waiting.until("credited", () -> {
            service.clock().advance(Duration.ofMinutes(5));
            return setbacks() == 0;
        });
    }

    @Test
    void whatAWrongClockSetAsideIsTriedOnceItIsRight() {
        Session unlucky = given.member();
        poison(unlucky);
        given.buy(unlucky, merchant, "10.00");
        Waiting.until("set aside", () -> setbacks() == 1);
        sql.execute("DROP FUNCTION poison CASCADE");
        sql.execute("UPDATE crediting_setbacks SET failed_at = now() + '40 days', due_at = now() + '40 days'");
        Waiting.until("credited", () -> setbacks() == 0);
    }

    private void poison(Session owner) {
        sql.execute("CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'poisoned'; END $$");
        sql.execute("CREATE TRIGGER poison BEFORE INSERT ON cashback_credits FOR EACH ROW WHEN (NEW.user_id = '"
                + owner.userId() + "') EXECUTE FUNCTION poison()");
    }

    /** An open transaction holds up readers of the log, and must not hold up money. */
    @Test
    void aLongTransactionElsewhereDelaysNoCredit() throws SQLException {
        try (Connection elsewhere = sql.connect();
                Statement statement = elsewhere.createStatement()) {
            elsewhere.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            given.buy(user, merchant, "10.00");
            service.awaitCredits();
            assertCredited(1);
        }
    }

    /** Behind a backlog each of the two credits one shard, and may wait without holding up the other. */
    @Test
    void aBacklogIsCreditedByTwoTransactionsAtOnce() throws SQLException {
        List<UUID> users = Stream.iterate(0, shard -> shard + 1)
                .limit(8)
                .map(this::memberOf)
                .toList();
        UUID held = memberOf(0);
        long before = sql.count(ALL_CREDITS);
        service.close();
        for (int i = 0; i < 24; i++) {
            // The first transaction takes eight of each shard, and none of the user whose wallet is locked.
            boolean late = i >= 8;
            users.forEach(owner -> store(UUID.randomUUID(), late && owner == users.get(0) ? held : owner));
        }
        try (Connection holder = sql.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT FROM wallets WHERE user_id = '" + held + "' FOR UPDATE");
            service = TestService.start(database, service.clock());
            given = new Scenario(service);
            Waiting.until("another shard goes on", () -> sql.count(ALL_CREDITS) - before == 64 + 16);
        }
        service.awaitCredits();
        assertThat(sql.count(ALL_CREDITS) - before).isEqualTo(24 * 8);
    }

    private UUID memberOf(int shard) {
        return Stream.generate(() -> given.member().userId())
                .filter(id -> sql.count("SELECT crediting_shard(?)", id) == shard)
                .findFirst()
                .orElseThrow();
    }

    /** A user who looks at the wallet right after the answer must find the purchase there. */
    @Test
    void aUsersOwnPurchaseIsInTheWalletWhenItIsAnswered() {
        for (int i = 1; i <= 5; i++) {
            service.api()
                    .as(user)
                    .post("/purchases", given.purchase(user.userId(), merchant, "10.00"))
                    .expect(201);
            JsonObject wallet =
                    service.api().as(user).get("/users/me/wallet").expect(200).json();
            assertThat(wallet.getString("pending_balance"))
                    .isEqualTo(Money.ofMinor(50L * i).toString());
        }
    }

    @Test
    void aUsersOwnPurchaseIsAnsweredThoughItsCreditIsHeldUp() throws SQLException {
        try (Connection holder = sql.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(HeldCrediting.HOLD);
            service.api()
                    .as(user)
                    .post("/purchases", given.purchase(user.userId(), merchant, "10.00"))
                    .expect(201);
            assertThat(credits()).isZero();
        }
        service.awaitCredits();
        assertCredited(1);
    }

    private long setbacks() {
        return sql.count("SELECT count(*) FROM crediting_setbacks");
    }

    /** Stores a purchase with its work as ingestion does, but tells nobody. */
    private void store(UUID id, UUID owner) {
        sql.execute("""
                WITH stored AS (
                    INSERT INTO purchases
                        (id, external_id, user_id, merchant_id, amount_minor, currency, purchased_at,
                         purchased_at_stated, cashback_type, cashback_value_e4, cashback_minor, created_at, updated_at)
                    VALUES (?, ?, ?, ?, 1000, 'EUR', now(), false, 'percent', 50000, 50, now(), now())
                    RETURNING id, user_id
                ), verified_later AS (
                    INSERT INTO verification_batches (purchase_ids, due_at) SELECT ARRAY[id], 'infinity' FROM stored)
                INSERT INTO crediting_batches (shard, purchase_ids, user_ids, ingested_at)
                SELECT crediting_shard(user_id), ARRAY[id], ARRAY[user_id], now() FROM stored
                """, id, id.toString(), owner, merchant);
    }

    private long credits() {
        return sql.count("SELECT count(*) FROM cashback_credits WHERE user_id = ?", user.userId());
    }

    private void assertCredited(int purchases) {
        assertThat(credits()).isEqualTo(purchases);
        assertThat(sql.count(
                        "SELECT count(*) FROM ledger_transfers WHERE kind = 'cashback_credit' AND user_id = ?",
                        user.userId()))
                .isEqualTo(purchases);
        assertThat(sql.count("SELECT pending_minor FROM wallets WHERE user_id = ?", user.userId()))
                .isEqualTo(50L * purchases);
    }
}
