package com.clicknback.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Balances and the journal as their owner sees them. */
@ExtendWith(ServiceExtension.class)
class WalletTest {
    private static final String WALLET = "/users/me/wallet";
    private static final String TRANSACTIONS = WALLET + "/transactions";

    private final TestService service;
    private final Scenario given;
    private final Sql sql;
    private Session user;
    private ApiClient own;
    private ApiClient admin;
    private UUID merchant;

    WalletTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @BeforeEach
    void aUserAtAMerchantOfFivePercent() {
        user = given.member();
        own = service.api().as(user);
        admin = given.asAdmin();
        merchant = given.merchant();
    }

    @Test
    void isEmptyBeforeTheFirstMovement() {
        assertThat(own.get(WALLET).expect(200).json())
                .isEqualTo(JsonObject.of(
                        "pending_balance", "0.00",
                        "available_balance", "0.00",
                        "reserved_balance", "0.00",
                        "paid_balance", "0.00",
                        "held_balance", "0.00",
                        "next_releases", new JsonArray()));
        assertThat(own.get(TRANSACTIONS).data()).isEmpty();
    }

    @Test
    void aCreditIsAMovementFromOutsideIntoPending() {
        UUID id = credited("50.00");
        JsonObject movement = own.get(TRANSACTIONS).data().get(0);
        assertThat(movement)
                .isEqualTo(JsonObject.of(
                        "id",
                        movement.getString("id"),
                        "type",
                        "cashback_credit",
                        "amount",
                        "2.50",
                        "from",
                        null,
                        "to",
                        "pending",
                        "status",
                        "pending",
                        "related_purchase_id",
                        id.toString(),
                        "related_payout_id",
                        null,
                        "payable_at",
                        null,
                        "created_at",
                        movement.getString("created_at")));
    }

    /** The status of a movement is that of its purchase now, not that of its time. */
    @Test
    void movementsShowThePresentStateOfTheirPurchase() {
        UUID id = credited("50.00");
        assertThat(statuses()).containsExactly("pending");
        admin.post("/purchases/" + id + "/confirmation").expect(200);
        assertThat(statuses()).containsExactly("available", "available");
        admin.patch("/purchases/" + id + "/reverse", null).expect(200);
        assertThat(statuses()).containsExactly("reversed", "reversed", "reversed");
        UUID other = credited("10.00");
        admin.post("/purchases/" + other + "/rejection", JsonObject.of("reason", "no"))
                .expect(200);
        assertThat(statuses()).containsExactly("rejected", "rejected", "reversed", "reversed", "reversed");
    }

    /** A credit that comes with its decision shares its time: the decision is still the newer one. */
    @Test
    void theJournalIsNewestFirstAndAddsUpToTheBalances() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(given.buy(user, merchant, "10.0" + i));
        }
        admin.post("/purchases/" + ids.get(0) + "/confirmation").expect(200);
        admin.post("/purchases/" + ids.get(1) + "/rejection", JsonObject.of("reason", "no"))
                .expect(200);
        admin.patch("/purchases/" + ids.get(2) + "/reverse", null).expect(200);
        JsonObject wallet = given.wallet(user);
        List<JsonObject> journal = own.get(TRANSACTIONS + "?limit=100").data();
        assertThat(journal).hasSize(9);
        Map<String, BigDecimal> sums = new HashMap<>();
        Map<String, Integer> creditPlace = new HashMap<>();
        for (int i = 0; i < journal.size(); i++) {
            JsonObject movement = journal.get(i);
            BigDecimal amount = new BigDecimal(movement.getString("amount"));
            assertThat(amount).isPositive();
            sums.merge(movement.getString("from"), amount.negate(), BigDecimal::add);
            sums.merge(movement.getString("to"), amount, BigDecimal::add);
            if (movement.getString("type").equals("cashback_credit")) {
                creditPlace.put(movement.getString("related_purchase_id"), i);
            } else {
                assertThat(creditPlace)
                        .as("a decision stands above its credit")
                        .doesNotContainKey(movement.getString("related_purchase_id"));
            }
        }
        assertThat(sums.get("pending")).isEqualByComparingTo(wallet.getString("pending_balance"));
        assertThat(sums.get("available")).isEqualByComparingTo(wallet.getString("available_balance"));
    }

    @Test
    void theJournalHasPages() {
        for (int i = 0; i < 12; i++) {
            given.buy(user, merchant, "10.00");
        }
        service.awaitCredits();
        JsonObject first = own.get(TRANSACTIONS).expect(200).json();
        assertThat(first.getJsonArray("data")).hasSize(10);
        assertThat(first.getJsonObject("pagination").getInteger("limit")).isEqualTo(10);
        assertThat(first.getJsonObject("pagination").getInteger("total")).isEqualTo(12);
        credited("10.00");
        String cursor = first.getJsonObject("pagination").getString("next_cursor");
        JsonObject second = own.get(TRANSACTIONS + "?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                .expect(200)
                .json();
        assertThat(second.getJsonArray("data")).hasSize(2);
        assertThat(second.getJsonObject("pagination").getString("next_cursor")).isNull();
        assertThat(own.get("/users/me/purchases?cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                        .expectViolations(422))
                .containsExactly("cursor");
        assertThat(own.get(TRANSACTIONS + "?limit=101&offset=x").expectViolations(422))
                .containsExactly("limit", "offset");
    }

    @Test
    void nobodySeesAnothersWallet() {
        credited("50.00");
        ApiClient stranger = service.api().as(given.member());
        assertThat(stranger.get(WALLET).json().getString("pending_balance")).isEqualTo("0.00");
        assertThat(stranger.get(TRANSACTIONS).data()).isEmpty();
        service.api().get(WALLET).expectError(401, "INVALID_TOKEN");
        service.api().get(TRANSACTIONS).expectError(401, "INVALID_TOKEN");
    }

    @Test
    void theJournalCannotBeChanged() {
        UUID id = credited("50.00");
        for (String statement : List.of(
                "UPDATE ledger_transfers SET amount_minor = 1 WHERE purchase_id = ?",
                "DELETE FROM ledger_transfers WHERE purchase_id = ?",
                "DELETE FROM cashback_credits WHERE purchase_id = ?")) {
            assertThatThrownBy(() -> sql.execute(statement, id))
                    .as(statement)
                    .hasRootCauseInstanceOf(SQLException.class)
                    .hasStackTraceContaining("is append-only");
        }
    }

    private UUID credited(String amount) {
        UUID id = given.buy(user, merchant, amount);
        service.awaitCredits();
        return id;
    }

    private List<String> statuses() {
        return own.get(TRANSACTIONS).data().stream()
                .map(movement -> movement.getString("status"))
                .toList();
    }
}
