package com.clicknback.cashback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.HeldCrediting;
import com.clicknback.testing.Plan;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cap that is used up: a credit looks only at purchases that have a part of it, and come later. */
@ExtendWith(ServiceExtension.class)
class ExhaustedCapTest {
    private final TestService service;
    private final Scenario given;
    private final Sql sql;
    private Session user;
    private UUID shop;

    ExhaustedCapTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @BeforeEach
    void anOfferOfTenPercentUpToAHundred() {
        user = given.member();
        shop = given.merchant("0");
        given.offer(shop, "percent", "10", "100");
    }

    @AfterEach
    void theBooksAgree() {
        service.requireCleanLedger();
    }

    @Test
    void purchasesThatGetNothingAreNoneThatALaterCreditLooksAt() {
        UUID first = buy("1000.00");
        buy("500.00");
        assertThat(latest()).containsExactly(first);
    }

    @Test
    void aLatePurchaseAmongThoseThatGotNothingTakesFromNobody() throws SQLException {
        UUID first = buy("1000.00");
        UUID late;
        try (Connection holder = sql.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(HeldCrediting.HOLD);
            late = given.buy(user, shop, "800.00");
            UUID early = given.buy(user, shop, "900.00");
            given.asAdmin().post("/purchases/" + early + "/confirmation").expect(200);
        }
        service.awaitCredits();
        assertThat(cashback(late)).isEqualTo("0.00");
        assertThat(latest()).containsExactly(first);
    }

    @Test
    void aPurchaseThatGetsWhatCameBackIsOneThatALateCreditLooksAt() throws SQLException {
        UUID first = buy("1000.00");
        UUID late;
        UUID second;
        try (Connection holder = sql.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute(HeldCrediting.HOLD);
            late = given.buy(user, shop, "800.00");
            second = given.buy(user, shop, "900.00");
            given.asAdmin().post("/purchases/" + second + "/confirmation").expect(200);
            reject(first);
            assertThat(latest()).containsExactly(second);
            assertThat(cashback(second)).isEqualTo("90.00");
        }
        service.awaitCredits();
        assertThat(cashback(late)).isEqualTo("80.00");
        assertThat(cashback(second)).isEqualTo("20.00");
    }

    @Test
    void aPurchaseAfterACapThatNobodyHasGetsIt() {
        UUID first = buy("1000.00");
        reject(first);
        UUID second = buy("600.00");
        buy("400.00");
        UUID fourth = buy("400.00");
        reject(second);
        assertThat(latest()).containsExactly(fourth);
        assertThat(cashback(fourth)).isEqualTo("40.00");
    }

    @Test
    void theWalkBeginsWhereThePurchasesDoThatChange() {
        assertThat(Plan.of(sql, CapGroupStore.FIND_GROUPS, 12))
                .anyMatch(line -> line.contains("purchases_of_user"))
                .anyMatch(line -> line.startsWith("Index Cond:") && line.contains("created_at >= "))
                .noneMatch(line -> line.contains("Seq Scan"));
    }

    private UUID buy(String amount) {
        UUID id = given.buy(user, shop, amount);
        service.awaitCredits();
        return id;
    }

    private void reject(UUID purchase) {
        given.asAdmin()
                .post("/purchases/" + purchase + "/rejection", JsonObject.of("reason", "returned"))
                .expect(200);
    }

    private String cashback(UUID id) {
        return given.purchase(id).getString("cashback_amount");
    }

    private List<UUID> latest() {
        return sql.column("SELECT latest_id FROM cap_usage WHERE user_id = ?", user.userId());
    }
}
