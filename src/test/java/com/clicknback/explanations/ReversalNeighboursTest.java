package com.clicknback.explanations;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.purchases.PurchaseRows;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The effect of a reversal on other purchases of the same cap, foretold and then real. */
@ExtendWith(ServiceExtension.class)
class ReversalNeighboursTest {
    private final Scenario given;
    private final Sql sql;
    private Session user;
    private UUID merchant;

    ReversalNeighboursTest(Scenario given, Sql sql) {
        this.given = given;
        this.sql = sql;
    }

    @BeforeEach
    void aUserUnderACap() {
        user = given.user();
        merchant = given.merchant();
        given.offer(merchant, "percent", "10", "20");
    }

    @Test
    void whatItGivesOthersIsToldBefore() {
        UUID first = given.buyCredited(user, merchant, "150.00");
        UUID second = given.buyCredited(user, merchant, "100.00");
        UUID third = given.buyCredited(user, merchant, "30.00");
        UUID fourth = given.buyCredited(user, merchant, "80.00");
        given.asAdmin().post("/purchases/" + third + "/confirmation").expect(200);

        assertThat(neighbours(first))
                .containsExactly(
                        neighbour(second, "5.00", "10.00"),
                        neighbour(third, "0.00", "3.00"),
                        neighbour(fourth, "0.00", "7.00"));
        reverse(first);
        assertThat(List.of(cashback(second), cashback(third), cashback(fourth)))
                .containsExactly("10.00", "3.00", "7.00");
        assertThat(neighbours(fourth)).isEmpty();
        assertThat(neighbours(second)).containsExactly(neighbour(fourth, "7.00", "8.00"));
    }

    /** A credit that comes first takes from others what the reversal gives back. */
    @Test
    void othersThatEndAsTheyWereAreNotTold() {
        UUID later = given.buyCredited(user, merchant, "300.00");
        UUID earlier = PurchaseRows.uncreditedCopy(sql, later);
        sql.execute("UPDATE purchases SET created_at = created_at - interval '1 minute' WHERE id = ?", earlier);
        sql.execute("INSERT INTO verification_batches (purchase_ids, due_at) VALUES (ARRAY[?], 'infinity')", earlier);

        assertThat(neighbours(earlier)).isEmpty();

        reverse(earlier);
        assertThat(cashback(later)).isEqualTo("20.00");
    }

    private List<JsonObject> neighbours(UUID id) {
        return given
                .asAdmin()
                .post("/purchases/" + id + "/reversal-preview")
                .expect(200)
                .json()
                .getJsonArray("neighbours")
                .stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonObject neighbour(UUID id, String before, String after) {
        return JsonObject.of("purchase_id", id.toString(), "cashback_before", before, "cashback_after", after);
    }

    private void reverse(UUID id) {
        given.asAdmin().patch("/purchases/" + id + "/reverse", null).expect(200);
    }

    private String cashback(UUID id) {
        return given.purchase(id).getString("cashback_amount");
    }
}
