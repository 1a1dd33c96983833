package com.clicknback.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what the service shows and stores against the model. */
final class Comparison implements AutoCloseable {
    private static final String BALANCES = """
        SELECT user_id, pending_minor, available_minor, reserved_minor, paid_minor
        FROM wallets w JOIN users u ON u.id = w.user_id WHERE u.role = 'user'
        """;

    private static final String CAPS = """
        SELECT user_id, offer_id, to_char(cap_month, 'YYYY-MM') AS month, used_minor FROM cap_usage
        WHERE used_minor <> 0
        """;

    private final World world;
    private final Stage stage;
    private final Connection connection;

    Comparison(World world, Stage stage) {
        this.world = world;
        this.stage = stage;
        this.connection = stage.sql().connect();
    }

    /** All balances and caps, and the purchases that something was done to as the API shows them. */
    void compare(Collection<ModelPurchase> touched) throws SQLException {
        Map<ModelPurchase, CompletableFuture<Reply>> replies = new LinkedHashMap<>();
        ApiClient admin = stage.admin();
        touched.forEach(purchase -> replies.put(
                purchase,
                admin.sendAsync("GET", "/purchases/" + stage.id(purchase.name().toString()), null)));
        assertThat(storedBalances()).as("balances").isEqualTo(expectedBalances());
        assertThat(storedCaps()).as("used of caps").isEqualTo(expectedCaps());
        replies.forEach(
                (purchase, reply) -> assertThat(shown(reply.join().expect(200).json()))
                        .as("purchase %s", purchase.name())
                        .isEqualTo(purchase.toString()));
    }

    /** Everything, once nothing is under way. */
    void compareAll() throws SQLException {
        compare(List.of());
        assertThat(shownPurchases())
                .isEqualTo(world.purchases().stream()
                        .collect(Collectors.toMap(purchase -> purchase.name().toString(), ModelPurchase::toString)));
        assertThat(shownPayouts())
                .isEqualTo(world.payouts.all().stream()
                        .collect(Collectors.toMap(payout -> payout.name, payout -> payout.status.wireName())));
        for (String user : world.users) {
            assertThat(wallet(user))
                    .as("wallet of %s", user)
                    .isEqualTo(world.wallets.get(user).toString());
            assertThat(shownTransactions(user))
                    .as("transactions of %s", user)
                    .containsExactlyInAnyOrderElementsOf(world.wallets.get(user).journal().stream()
                            .map(Comparison::text)
                            .toList());
        }
        stage.service().requireCleanLedger();
    }

    private static String shown(JsonObject purchase) {
        return "%s %s %s"
                .formatted(
                        purchase.getString("status"),
                        purchase.getString("cashback_amount"),
                        purchase.getString("cashback_status"));
    }

    private String wallet(String user) {
        JsonObject wallet = stage.as(user).get("/users/me/wallet").expect(200).json();
        StringBuilder text = new StringBuilder();
        for (ModelWallet.Balance balance : ModelWallet.Balance.values()) {
            text.append(balance.wireName())
                    .append(' ')
                    .append(wallet.getString(balance.wireName() + "_balance"))
                    .append(' ');
        }
        return text.toString().strip();
    }

    private Map<String, List<Long>> expectedBalances() {
        Map<String, List<Long>> balances = new TreeMap<>();
        world.wallets.forEach((user, wallet) -> {
            List<Long> all = new ArrayList<>();
            for (ModelWallet.Balance balance : ModelWallet.Balance.values()) {
                all.add(wallet.of(balance));
            }
            balances.put(user, all);
        });
        return balances;
    }

    private Map<String, List<Long>> storedBalances() throws SQLException {
        Map<String, List<Long>> balances = new TreeMap<>();
        world.users.forEach(user -> balances.put(user, List.of(0L, 0L, 0L, 0L)));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(BALANCES)) {
            while (rows.next()) {
                balances.put(
                        stage.name(rows.getString(1)),
                        List.of(rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5)));
            }
        }
        return balances;
    }

    private Map<String, Long> expectedCaps() {
        Map<String, Long> caps = new TreeMap<>();
        world.users.forEach(user -> world.cashback
                .usedBy(user)
                .forEach((allowance, used) -> caps.put(user + " " + Stage.offerName(allowance), used)));
        return caps;
    }

    private Map<String, Long> storedCaps() throws SQLException {
        Map<String, Long> caps = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(CAPS)) {
            while (rows.next()) {
                String allowance = stage.name(rows.getString(2)) + " " + rows.getString(3);
                caps.put(stage.name(rows.getString(1)) + " " + allowance, rows.getLong(4));
            }
        }
        return caps;
    }

    private Map<String, String> shownPurchases() {
        Map<String, String> purchases = new HashMap<>();
        all(stage.admin(), "/purchases")
                .forEach(purchase -> purchases.put(stage.name(purchase.getString("id")), shown(purchase)));
        return purchases;
    }

    private Map<String, String> shownPayouts() {
        Map<String, String> payouts = new HashMap<>();
        all(stage.admin(), "/payouts")
                .forEach(payout -> payouts.put(stage.name(payout.getString("id")), payout.getString("status")));
        return payouts;
    }

    private List<String> shownTransactions(String user) {
        return all(stage.as(user), "/users/me/wallet/transactions").stream()
                .map(transaction -> {
                    String purchase = transaction.getString("related_purchase_id");
                    return "%s %s %s %s %s %s"
                            .formatted(
                                    transaction.getString("type"),
                                    transaction.getString("amount"),
                                    transaction.getString("from"),
                                    transaction.getString("to"),
                                    stage.name(
                                            purchase == null ? transaction.getString("related_payout_id") : purchase),
                                    transaction.getString("status"));
                })
                .toList();
    }

    private static String text(ModelWallet.Movement movement) {
        return "%s %s %s %s %s"
                .formatted(
                        movement.type(),
                        Decimals.text(movement.amountMinor()),
                        name(movement.from()),
                        name(movement.to()),
                        movement.about() instanceof ModelPurchase purchase
                                ? purchase.name() + " " + purchase.cashbackStatus()
                                : about((ModelPayouts.ModelPayout) movement.about()));
    }

    private static String about(ModelPayouts.ModelPayout payout) {
        return payout.name + " " + payout.transactionStatus();
    }

    private static @Nullable String name(ModelWallet.@Nullable Balance balance) {
        return balance == null ? null : balance.wireName();
    }

    /** The members of all pages of a list. */
    private static List<JsonObject> all(ApiClient client, String path) {
        List<JsonObject> members = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonObject page =
                    client.get(path + "?limit=100" + cursor).expect(200).json();
            page.getJsonArray("data").forEach(member -> members.add((JsonObject) member));
            String next = page.getJsonObject("pagination").getString("next_cursor");
            cursor = next == null ? null : "&cursor=" + next;
        }
        return members;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
