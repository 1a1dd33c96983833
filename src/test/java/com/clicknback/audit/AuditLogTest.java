package com.clicknback.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class AuditLogTest {
    private final Scenario given;
    private final ApiClient anyone;
    private final TestClock clock;
    private final Sql sql;
    private ApiClient admin;

    AuditLogTest(Scenario given, ApiClient anyone, TestClock clock, Sql sql) {
        this.given = given;
        this.anyone = anyone;
        this.clock = clock;
        this.sql = sql;
        this.admin = anyone;
    }

    @BeforeEach
    void logIn() {
        admin = given.asAdmin();
    }

    private void setStatuses(UUID merchant, String... statuses) {
        for (String status : statuses) {
            admin.patch("/merchants/" + merchant + "/status", JsonObject.of("status", status))
                    .expect(200);
        }
    }

    private static List<String> actions(List<JsonObject> entries) {
        return entries.stream().map(entry -> entry.getString("action")).toList();
    }

    /** A row as if it had been written at another time. */
    private void insertAt(Instant time, String resourceId) {
        sql.execute("""
                INSERT INTO audit_log (id, occurred_at, actor_type, action, resource_type, resource_id, outcome,
                                       details, cause)
                VALUES (gen_random_uuid(), ?, 'system', 'CASHBACK_CREDITED', 'purchase', ?, 'success', '{}', 'test')
                """, OffsetDateTime.ofInstant(time, ZoneOffset.UTC), resourceId);
    }

    /** One row tells of the credits of a batch, under the id of the batch. */
    @Test
    void findsTheCreditOfAPurchaseByThePurchase() {
        Session user = given.member();
        UUID merchant = given.merchant();
        UUID purchase = given.buy(user, merchant, "10.00");
        given.wallet(user);
        UUID other = given.buy(user, merchant, "20.00");
        given.wallet(user);

        List<JsonObject> found =
                admin.get("/audit-logs?resource_id=" + purchase).data();
        assertThat(found).singleElement().satisfies(row -> {
            assertThat(row.getString("resource_type")).isEqualTo("cashback_batch");
            assertThat(row.getString("action")).isEqualTo("CASHBACK_CREDITED");
            assertThat(row.getJsonObject("details").getString("cashback_amount"))
                    .isEqualTo("0.50");
        });
        String ofType = "/audit-logs?action=CASHBACK_CREDITED&resource_id=" + purchase + "&resource_type=";
        assertThat(admin.get(ofType + "purchase").data()).isEqualTo(found);
        assertThat(admin.get(ofType + "payout").data()).isEmpty();
        assertThat(admin.get("/audit-logs?resource_id=" + other).data())
                .hasSize(1)
                .doesNotContainAnyElementsOf(found);
    }

    @Test
    void showsWhoDidWhatToWhatAndWhen() {
        Instant before = clock.instant();
        UUID merchant = given.merchant();
        JsonObject entry =
                admin.get("/audit-logs?resource_id=" + merchant).data().get(0);
        assertThat(Instant.parse(entry.getString("occurred_at")))
                .isBetween(before.minusMillis(1), clock.instant().plusMillis(1));
        assertThat(entry.getString("actor_type")).isEqualTo("admin");
        assertThat(entry.getString("actor_id")).isEqualTo(given.admin().userId().toString());
        assertThat(entry.getString("action")).isEqualTo("MERCHANT_CREATED");
        assertThat(entry.getString("resource_type")).isEqualTo("merchant");
        assertThat(entry.getString("resource_id")).isEqualTo(merchant.toString());
        assertThat(entry.getString("outcome")).isEqualTo("success");
        assertThat(entry.getJsonObject("details").fieldNames())
                .containsExactlyInAnyOrder("name", "default_cashback_percentage", "hold_days");
    }

    @Test
    void combinesFilters() {
        Session other = given.newAdmin();
        UUID merchant = given.merchant();
        setStatuses(merchant, "inactive");
        anyone.as(other)
                .patch("/merchants/" + merchant + "/status", JsonObject.of("status", "active"))
                .expect(200);

        String ofMerchant = "/audit-logs?resource_id=" + merchant;
        assertThat(actions(admin.get(ofMerchant).data()))
                .containsExactly("MERCHANT_ACTIVATED", "MERCHANT_DEACTIVATED", "MERCHANT_CREATED");
        assertThat(actions(
                        admin.get(ofMerchant + "&action=MERCHANT_DEACTIVATED").data()))
                .containsExactly("MERCHANT_DEACTIVATED");
        assertThat(actions(admin.get(ofMerchant + "&actor_id=" + other.userId()).data()))
                .containsExactly("MERCHANT_ACTIVATED");
        assertThat(admin.get(ofMerchant + "&action=MERCHANT_CREATED&actor_id=" + other.userId())
                        .data())
                .isEmpty();
        assertThat(admin.get(ofMerchant + "&resource_type=merchant").data()).hasSize(3);
        assertThat(admin.get(ofMerchant + "&resource_type=Merchant").data()).isEmpty();
        String part = merchant.toString().substring(0, 35);
        assertThat(admin.get("/audit-logs?resource_id=" + part).data()).isEmpty();
    }

    @Test
    void filtersByInclusiveUtcDays() {
        String resource = Scenario.unique("resource");
        Instant start = Instant.parse("2020-02-29T00:00:00Z");
        Instant next = Instant.parse("2020-03-01T00:00:00Z");
        insertAt(start, resource);
        insertAt(next.minusNanos(1000), resource);
        insertAt(next, resource);

        String path = "/audit-logs?resource_id=" + resource;
        assertThat(admin.get(path).data()).hasSize(3);
        assertThat(admin.get(path + "&start_date=2020-02-29&end_date=2020-02-29")
                        .data())
                .hasSize(2);
        assertThat(admin.get(path + "&start_date=2020-03-01").data()).hasSize(1);
        assertThat(admin.get(path + "&end_date=2020-02-28").data()).isEmpty();
        assertThat(admin.get(path + "&start_date=2020-03-01&end_date=2020-02-29")
                        .data())
                .isEmpty();
        assertThat(admin.get(path + "&start_date=0000-01-01&end_date=9999-12-31")
                        .data())
                .hasSize(3);
    }

    @Test
    void walksTheWholeLogByCursorWhileItGrows() {
        UUID merchant = given.merchant();
        setStatuses(merchant, "inactive", "active", "inactive", "active");
        String path = "/audit-logs?limit=2&resource_id=" + merchant;
        List<String> seen = new ArrayList<>();
        JsonObject page = admin.get(path).expect(200).json();
        assertThat(page.getJsonObject("pagination").getInteger("total")).isEqualTo(5);
        setStatuses(merchant, "inactive");
        while (true) {
            page.getJsonArray("data").forEach(entry -> seen.add(((JsonObject) entry).getString("id")));
            String cursor = page.getJsonObject("pagination").getString("next_cursor");
            if (cursor == null) {
                break;
            }
            page = admin.get(path + "&cursor=" + cursor).expect(200).json();
        }
        List<String> all = admin.get("/audit-logs?resource_id=" + merchant).data().stream()
                .map(entry -> entry.getString("id"))
                .toList();
        assertThat(all).hasSize(6);
        assertThat(seen).isEqualTo(all.subList(1, 6));
    }

    @ParameterizedTest
    @EnumSource
    void knowsEveryAction(AuditAction action) {
        assertThat(admin.get("/audit-logs?limit=1&action=" + action).data())
                .allSatisfy(entry -> assertThat(entry.getString("action")).isEqualTo(action.name()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE audit_log SET outcome = outcome", "DELETE FROM audit_log", "TRUNCATE audit_log"})
    void canOnlyGrow(String change) {
        given.merchant();
        assertThatThrownBy(() -> sql.execute(change))
                .cause()
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refusal -> assertThat(refusal.getSQLState()).isEqualTo("23001"));
    }

    @Test
    void isForAdminsOnly() {
        anyone.get("/audit-logs").expectError(401, "INVALID_TOKEN");
        anyone.as(given.user()).get("/audit-logs").expectError(403, "FORBIDDEN");
    }
}
