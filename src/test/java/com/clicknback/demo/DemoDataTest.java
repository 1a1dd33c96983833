package com.clicknback.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.payouts.DestinationCipher;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo data, on a database of its own that two processes have loaded at the same moment. */
class DemoDataTest {
    private static final Keyring KEYS = new Keyring(new SecretKeySpec(new byte[32], "AES"), List.of());
    private static final List<String> TABLES = List.of(
            "users",
            "merchants",
            "offers",
            "purchases",
            "verifications",
            "cashback_credits",
            "cap_usage",
            "clicks",
            "corrections",
            "holds",
            "payouts",
            "ledger_transfers",
            "wallets",
            "feature_flags",
            "partners",
            "partner_secrets");

    private static Vertx vertx;
    private static TestService service;
    private static LocalDate startedOn;

    @BeforeAll
    static void loadTwiceAtOnce() {
        vertx = Vertx.vertx();
        // Its verification job runs before there is anything to verify.
        service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock());
        startedOn = service.clock().today();
        TestService.await(Future.all(load(), load()));
    }

    private static Future<Void> load() {
        return DemoData.load(vertx, service.app().database(), KEYS);
    }

    @AfterAll
    static void close() {
        service.close();
        TestService.await(vertx.close());
    }

    @Test
    void changesNothingWhenLoadedAgain() {
        Map<String, String> before = contents();

        TestService.await(load());

        assertThat(contents()).isEqualTo(before).hasSize(TABLES.size());
    }

    @ParameterizedTest
    @CsvSource({
        "alice, user, 19.05, 15.00, 0.00, 50.00",
        "bob, user, 10.88, 6.00, 0.00, 0.00",
        "carol, admin, 12.00, 0.00, 0.00, 0.00",
        "jero, admin, 0.00, 0.00, 0.00, 0.00",
        "dave, user, 10.50, 0.00, 0.00, 0.00",
        "erin, user, 6.00, 56.50, 0.00, 0.00"
    })
    void givesEachUserTheWalletOfTheContract(
            String name, String role, String pending, String available, String reserved, String paid) {
        ApiClient user = login(name);

        assertThat(user.get("/users/me").expect(200).json().getString("role")).isEqualTo(role);
        JsonObject wallet = user.get("/users/me/wallet").expect(200).json();
        assertThat(Stream.of("pending", "available", "reserved", "paid")
                        .map(balance -> wallet.getString(balance + "_balance")))
                .containsExactly(pending, available, reserved, paid);
    }

    @Test
    void tellsNothingThatTheJournalDoesNot() {
        service.requireCleanLedger();
    }

    @ParameterizedTest
    @CsvSource({
        "txn_seed_001, Shoply, 100.00, pending, 5.00, pending",
        "txn_seed_004, TechZone, 200.00, pending, 12.00, pending",
        "txn_seed_005, Shoply, 300.00, confirmed, 15.00, available",
        "txn_seed_010, QuickCart, 250.00, reversed, 0.00, reversed",
        "txn_seed_012, Shoply, 1000.00, confirmed, 50.00, available",
        "txn_seed_reject_002, BankSimFail, 49.50, pending, 2.48, pending",
        "txn_seed_013, Shoply, 1200.00, confirmed, 50.00, available",
        "txn_seed_014, AutoParts Plus, 400.00, confirmed, 6.00, held",
        "txn_seed_manual_001, Shoply, 150.00, pending, 7.50, pending"
    })
    void showsThePurchasesOfTheContract(
            String externalId, String merchant, String amount, String status, String cashback, String cashbackStatus) {
        List<JsonObject> purchases = login("carol").get("/purchases?limit=100").data();

        assertThat(purchases).hasSize(19);
        assertThat(purchases)
                .filteredOn(purchase -> purchase.getString("external_id").equals(externalId))
                .singleElement()
                .satisfies(purchase -> assertThat(purchase.getMap())
                        .containsEntry("merchant_name", merchant)
                        .containsEntry("source", "user")
                        .containsEntry("amount", amount)
                        .containsEntry("status", status)
                        .containsEntry("cashback_amount", cashback)
                        .containsEntry("cashback_status", cashbackStatus));
    }

    @Test
    void hasAllMerchantsAndTheirOffers() {
        ApiClient admin = login("carol");

        assertThat(admin.get("/merchants?limit=100").data()).hasSize(28);
        assertThat(admin.get("/merchants?active=false").data())
                .extracting(merchant -> merchant.getString("name"))
                .containsExactlyInAnyOrder("LuxWatches", "VintageVault", "NightOwl Electronics");
        assertThat(admin.get("/offers?limit=100").data()).hasSize(29);
        // Seven are not in force, among them those of LuxWatches, ChefSupplies, AutoParts Plus and KidsCloset.
        assertThat(admin.get("/offers/active?limit=100").data()).hasSize(22);
    }

    @Test
    void countsOfferWindowsFromTheDayOfLoading() {
        JsonObject expired = login("carol")
                .get("/offers/c3d4e5f6-a7b8-4c9d-1111-000000000021")
                .expect(200)
                .json();

        assertThat(expired.getString("status")).isEqualTo("active");
        LocalDate firstDay = LocalDate.parse(expired.getString("start_date"));
        assertThat(firstDay.plusDays(90)).isBetween(startedOn, service.clock().today());
        assertThat(expired.getString("end_date"))
                .isEqualTo(firstDay.plusDays(89).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "'scope_type=user&scope_id=e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', false",
        "'scope_type=user&scope_id=b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', true",
        "'scope_type=merchant&scope_id=f0000000-0000-0000-0000-000000000001', false"
    })
    void setsTheFlagsOfTheContract(String scope, boolean enabled) {
        JsonObject flag = login("jero")
                .get("/feature-flags/purchase_auto_confirm/evaluate?" + scope)
                .expect(200)
                .json();

        assertThat(flag.getBoolean("enabled")).isEqualTo(enabled);
    }

    @Test
    void makesEveryPendingPurchaseDueAtOnce() {
        assertThat(service.sql().count("""
                        SELECT count(*) FROM verifications v JOIN purchases p ON p.id = v.purchase_id
                        WHERE p.status = 'pending' AND v.attempts = 0 AND v.due_at <= now()
                        """)).isEqualTo(11);
        assertThat(service.sql().count("SELECT count(*) FROM verifications")).isEqualTo(11);
    }

    @Test
    void keepsWhereThePayoutWentEncrypted() {
        Map<String, Object> payout = service.sql()
                .rows("SELECT id, destination, key_id, iban_last4, status FROM payouts")
                .get(0);

        Sealed stored = new Sealed((String) payout.get("key_id"), (byte[]) payout.get("destination"));
        assertThat(new DestinationCipher(KEYS)
                        .decrypt((UUID) payout.get("id"), stored)
                        .iban())
                .isEqualTo("DE89370400440532013000");
        assertThat(payout).containsEntry("iban_last4", "3000").containsEntry("status", "completed");
    }

    private static ApiClient login(String name) {
        return service.api().as(new Scenario(service).login(null, name + "@clicknback.com"));
    }

    /** A digest of all rows of each table. */
    private static Map<String, String> contents() {
        Map<String, String> contents = new HashMap<>();
        for (String table : TABLES) {
            String digest = service.sql()
                    .value("SELECT md5(string_agg(row::text, ';' ORDER BY row::text)) FROM " + table + " AS row");
            contents.put(table, digest);
        }
        return contents;
    }
}
