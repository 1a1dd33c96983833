package com.clicknback.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Plan;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user's wallet and journal as administrators see them. */
@ExtendWith(ServiceExtension.class)
class UserWalletTest {
    private final Scenario given;

    UserWalletTest(Scenario given) {
        this.given = given;
    }

    @Test
    void showsTheBalancesThatEachMovementLeft() {
        Session user = given.payouts().userWith("40.00");
        String payout = given.payouts().payout(user, "25.00");
        given.payouts().setStatus(payout, "completed").expect(200);
        given.buyCredited(user, given.merchant("10"), "20.00");
        given.buyCredited(given.member(), given.merchant(), "20.00");
        String wallet = "/users/" + user.userId() + "/wallet";

        assertThat(lines(wallet + "/transactions", 2))
                .containsExactly(
                        "cashback_credit 2.00: pending 2.00 available 15.00 reserved 0.00 paid 25.00",
                        "payout_completed 25.00: pending 0.00 available 15.00 reserved 0.00 paid 25.00",
                        "payout_requested 25.00: pending 0.00 available 15.00 reserved 25.00 paid 0.00",
                        "cashback_confirmed 40.00: pending 0.00 available 40.00 reserved 0.00 paid 0.00",
                        "cashback_credit 40.00: pending 40.00 available 0.00 reserved 0.00 paid 0.00");
        assertThat(given.asAdmin().get(wallet).expect(200).json()).isEqualTo(given.wallet(user));
        assertThat(given.asAdmin()
                        .get(wallet + "/transactions?offset=4")
                        .expect(200)
                        .json()
                        .getJsonArray("data")
                        .getJsonObject(0)
                        .getJsonObject("balances_after")
                        .getString("pending_balance"))
                .isEqualTo("40.00");
    }

    @Test
    void readsTheTransfersOfTheUserOnly(Sql sql) {
        String page = "SELECT t.id, t.pending_minor FROM " + WalletStore.WITH_BALANCES
                + " WHERE (t.user_id = $1) AND (t.created_at, t.id) < ($2, $3)"
                + " ORDER BY t.created_at DESC, t.id DESC LIMIT 11 OFFSET 0";

        assertThat(Plan.of(sql, page, 3))
                .anyMatch(line -> line.contains("ledger_transfers_of_user"))
                .contains("Index Cond: (user_id = $1)")
                .noneMatch(line -> line.contains("Seq Scan"));
    }

    private List<String> lines(String path, int limit) {
        List<String> lines = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = given.asAdmin()
                    .get(path + "?limit=" + limit + cursor)
                    .expect(200)
                    .json();
            page.getJsonArray("data").stream()
                    .map(JsonObject.class::cast)
                    .map(UserWalletTest::line)
                    .forEach(lines::add);
            String next = page.getJsonObject("pagination").getString("next_cursor");
            cursor = next == null ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return lines;
    }

    private static String line(JsonObject transaction) {
        JsonObject after = transaction.getJsonObject("balances_after");
        return "%s %s: pending %s available %s reserved %s paid %s"
                .formatted(
                        transaction.getString("type"),
                        transaction.getString("amount"),
                        after.getString("pending_balance"),
                        after.getString("available_balance"),
                        after.getString("reserved_balance"),
                        after.getString("paid_balance"));
    }
}
