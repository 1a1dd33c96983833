package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.EarlierDatabase;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a database with data from thirteen schema files to those of this build. */
class EarlierDatabaseTest {
    private static final String AMOUNTS = """
            SELECT p.id, p.status, p.amount_minor, p.refunded_minor, p.cashback_minor, p.updated_at, %s AS held
            FROM purchases p LEFT JOIN cashback_credits c ON c.purchase_id = p.id ORDER BY p.id
            """;

    private static final String HELD_BEFORE =
            "c.amount_minor - (SELECT coalesce(sum(cashback_minor), 0)::bigint FROM refunds WHERE purchase_id = p.id)";

    private static final String HELD = "coalesce(p.rerated_minor, c.amount_minor)";

    private static final List<String> KEPT = List.of(
            "SELECT * FROM wallets ORDER BY user_id",
            "SELECT user_id, offer_id, cap_month, cap_minor, used_minor FROM cap_usage ORDER BY 1, 2, 3",
            "SELECT id, user_id, kind, debit, credit, amount_minor, created_at FROM ledger_transfers ORDER BY id",
            "SELECT id, purchase_id, external_id, amount_minor, cashback_minor FROM refunds ORDER BY id",
            "SELECT id, user_id, amount_minor, status, iban_last4 FROM payouts ORDER BY id");

    @TempDir
    private Path folder;

    private Address database;
    private Sql sql;

    @BeforeEach
    void restore() {
        database = TestServer.shared().createDatabase();
        sql = new Sql(database);
        EarlierDatabase.restore(database);
        TestServer.prepareRoles(database);
    }

    private void migrate() {
        Vertx vertx = Vertx.vertx();
        try {
            TestService.await(TestServer.migrate(vertx, TestServer.serviceSettings(database)));
        } finally {
            TestService.await(vertx.close());
        }
    }

    private List<List<Map<String, @Nullable Object>>> kept() {
        return KEPT.stream().map(sql::rows).toList();
    }

    @Test
    void keepsEveryAmount() {
        List<Map<String, @Nullable Object>> amounts = sql.rows(AMOUNTS.formatted(HELD_BEFORE));
        List<List<Map<String, @Nullable Object>>> others = kept();

        migrate();

        assertThat(amounts).hasSize(46);
        assertThat(sql.rows(AMOUNTS.formatted(HELD))).isEqualTo(amounts);
        assertThat(kept()).isEqualTo(others);
        assertThat(carried())
                .as("left at zero by a cap that was free again, cut by a refund, one cent up by rounding twice")
                .isEqualTo(Map.of("cap-2", 0L, "half-1", 4500L, "round-1", 9L));
        assertThat(check().output()).contains("The ledger is consistent");
    }

    private Map<String, Long> carried() {
        return sql.rows("SELECT external_id, carried_minor FROM purchases WHERE carried_minor IS NOT NULL").stream()
                .collect(Collectors.toMap(
                        row -> (String) row.get("external_id"), row -> (Long) row.get("carried_minor")));
    }

    private ServiceProcess.Ended check() {
        return ServiceProcess.run(folder, TestConfig.environment(database), "check");
    }

    @Test
    void findsWhatLaterTablesTell() {
        migrate();

        assertThat(sql.<Long>column("SELECT parked FROM parked_counts")).containsExactly(3L);
        assertThat(sql.count("SELECT count(*) FROM partner_events WHERE counted"))
                .isEqualTo(3);
        assertThat(stretches("merchant_periods JOIN merchants m ON m.id = merchant_id", "Toggled Shop"))
                .as("from its beginning, then again, then not")
                .containsExactly("-infinity until a change", "a change until a change");
        assertThat(stretches("merchant_periods JOIN merchants m ON m.id = merchant_id", "Asleep Shop"))
                .isEmpty();
        assertThat(stretches("merchant_periods JOIN merchants m ON m.id = merchant_id", "Woken Shop"))
                .containsExactly("-infinity until infinity");
        assertThat(stretches("offer_periods JOIN merchants m ON m.id = merchant_id", "Offer Toggles"))
                .as("one offer in two stretches, and one between them, each from the start of its window")
                .containsExactly("its start until a change", "its start until a change", "a change until infinity");
        assertThat(sql.<Long>column("""
                        SELECT DISTINCT c.batch_id FROM cashback_credits c JOIN purchases p ON p.id = c.purchase_id
                        WHERE p.external_id LIKE 'batch-%'
                        """)).singleElement().isNotNull();
        assertThat(sql.<String>column("""
                        SELECT u.email FROM payouts p JOIN users u ON u.id = p.processing_by WHERE p.status = 'processing'
                        """)).containsExactly("carol@clicknback.com");
        assertThat(sql.count("""
                        SELECT count(*) FROM cap_usage u JOIN purchases p ON p.user_id = u.user_id AND p.offer_id = u.offer_id
                            AND date_trunc('month', p.purchased_at AT TIME ZONE 'UTC')::date = u.cap_month
                        WHERE p.monthly_cap_minor <> coalesce(u.least_minor, u.cap_minor)
                        """)).as("no cap had been raised before").isZero();
        assertThat(sql.<String>column("SELECT DISTINCT reversed_from FROM purchases WHERE reversed_from IS NOT NULL"))
                .as("what refunds had reversed")
                .isSubsetOf("pending", "confirmed");
        assertThat(sql.<Boolean>column("SELECT wrapped IS NOT NULL FROM partner_secrets"))
                .containsExactly(true, true, true);
    }

    private List<String> stretches(String history, String merchant) {
        return sql.column("""
                SELECT CASE WHEN active_from = '-infinity' THEN '-infinity'
                            WHEN active_from = date_trunc('day', active_from AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
                                THEN 'its start'
                            ELSE 'a change' END
                       || ' until ' || CASE active_until WHEN 'infinity' THEN 'infinity' ELSE 'a change' END
                FROM %s WHERE m.name = ? ORDER BY active_until
                """.formatted(history), merchant);
    }

    @Test
    void servesOn() {
        try (TestService service = TestService.start(database, new TestClock())) {
            Scenario given = new Scenario(service);
            service.awaitCredits();
            assertThat(cashback(given, "owed-1"))
                    .as("credited where the kill left it")
                    .isEqualTo("7.00");

            assertThat(given.asAdmin()
                            .get("/audit-logs?action=CASHBACK_CREDITED&resource_id=" + id("batch-1"))
                            .data())
                    .hasSize(1);
            Session erin = given.login(
                    sql.value("SELECT id FROM users WHERE email = 'erin@shop.example'"), "erin@shop.example");
            assertThat(given.as(erin).get("/users/me/payouts").data())
                    .singleElement()
                    .satisfies(payout -> assertThat(payout.getString("status")).isEqualTo("processing"));

            tell(service, given, "purchase.refunded", "cap-2", JsonObject.of("refund_id", "n-1", "amount", "100.00"));
            assertThat(cashback(given, "cap-2")).as("no refund raises cashback").isEqualTo("0.00");
            tell(service, given, "purchase.refunded", "round-1", JsonObject.of("refund_id", "n-2", "amount", "0.10"));
            assertThat(cashback(given, "round-1"))
                    .as("10 % of 0.75, half to even")
                    .isEqualTo("0.08");
            JsonObject correction = JsonObject.of("correction_id", "n-3", "amount", "2000.00")
                    .put("occurred_at", service.clock().instant().toString());
            tell(service, given, "purchase.corrected", "half-1", correction);
            assertThat(cashback(given, "half-1"))
                    .as("10 % of 900.00 that are kept")
                    .isEqualTo("90.00");
            tell(service, given, "purchase.rejected", "tight-1", JsonObject.of("reason", "cancelled"));
            assertThat(cashback(given, "tight-2")).as("cut before").isEqualTo("4.00");
            service.requireCleanLedger();
        }
        assertThat(ServiceProcess.run(folder, TestConfig.environment(database), "rekey")
                        .output())
                .contains("Encrypted 5 payout destinations and 0 partner secrets");
        assertThat(check().status()).isZero();
    }

    /** That build opened no cap for it. A later purchase may have opened it since, of another limit. */
    @Test
    void capsWhatAPurchaseEarnsThatHadEarnedNothing() {
        earnNothing("nothing-1", "erin@shop.example");
        earnNothing("nothing-2", "frank@shop.example");
        sql.execute("""
                INSERT INTO cap_usage (user_id, offer_id, cap_month, cap_minor, used_minor)
                SELECT user_id, offer_id, cap_month, 700, 0 FROM cashback_credits WHERE purchase_id = ?
                """, id("nothing-2"));

        migrate();

        assertThat(sql.<String>column("""
                        SELECT concat_ws(' to ', u.least_minor, u.cap_minor) FROM cap_usage u
                        JOIN purchases p USING (user_id, offer_id) WHERE p.external_id LIKE 'nothing-%' ORDER BY 1
                        """)).containsExactly("500", "500 to 700");
        sql.execute("UPDATE cap_usage SET cap_minor = 500, least_minor = NULL WHERE cap_minor = 700");
        try (TestService service = TestService.start(database, new TestClock())) {
            Scenario given = new Scenario(service);
            JsonObject correction = JsonObject.of("correction_id", "n-4", "amount", "60.00")
                    .put("occurred_at", service.clock().instant().toString());
            tell(service, given, "purchase.corrected", "nothing-1", correction);
            assertThat(cashback(given, "nothing-1")).isEqualTo("5.00");
            service.awaitCredits();
            service.requireCleanLedger();
        }
    }

    private void earnNothing(String externalId, String email) {
        UUID id = UUID.randomUUID();
        sql.execute("""
                INSERT INTO purchases SELECT (jsonb_populate_record(p, jsonb_build_object('id', ?::text,
                    'external_id', ?::text, 'user_id', u.id, 'amount_minor', 1, 'cashback_minor', 0))).*
                FROM purchases p, users u WHERE p.external_id = 'tight-1' AND u.email = ?
                """, id, externalId, email);
        sql.execute("""
                INSERT INTO cashback_credits SELECT (jsonb_populate_record(c, jsonb_build_object('purchase_id', p.id,
                    'user_id', p.user_id, 'amount_minor', 0, 'cap_used_before_minor', 0))).*
                FROM purchases p, cashback_credits c WHERE p.id = ? AND c.purchase_id = ?
                """, id, id("tight-1"));
        sql.execute("""
                INSERT INTO verifications (purchase_id, user_id, merchant_id, partner_id)
                SELECT id, user_id, merchant_id, partner_id FROM purchases WHERE id = ?
                """, id);
    }

    private UUID id(String externalId) {
        return sql.value("SELECT id FROM purchases WHERE external_id = ?", externalId);
    }

    private String cashback(Scenario given, String externalId) {
        return given.purchase(id(externalId)).getString("cashback_amount");
    }

    /** The partner's secret stood in clear. */
    private static void tell(TestService service, Scenario given, String type, String externalId, JsonObject data) {
        String body = JsonObject.of(
                        "type",
                        type,
                        "timestamp",
                        service.clock().instant().toString(),
                        "data",
                        data.put("external_id", externalId))
                .encode();
        Reply reply = given.signed(EarlierDatabase.PARTNER, EarlierDatabase.PARTNER.purchasesPath(), body);
        assertThat(reply.expect(200).json().getString("result")).isEqualTo("applied");
    }
}
