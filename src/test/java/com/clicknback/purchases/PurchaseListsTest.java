package com.clicknback.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and details of purchases. */
@ExtendWith(ServiceExtension.class)
class PurchaseListsTest {
    private static final String MINE = "/users/me/purchases";

    private final TestService service;
    private final Scenario given;
    private final Sql sql;
    private Session user;
    private ApiClient own;
    private ApiClient admin;
    private UUID merchant;

    PurchaseListsTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @BeforeEach
    void aUserAndAMerchant() {
        user = given.member();
        own = service.api().as(user);
        admin = given.asAdmin();
        merchant = given.merchant();
    }

    @Test
    void showsOnesOwnNewestFirst() {
        given.buy(given.member(), merchant, "1.00");
        List<String> ids = bought(12);
        JsonObject page = own.get(MINE).expect(200).json();
        assertThat(idsOf(page)).isEqualTo(ids.subList(0, 10));
        JsonObject pagination = page.getJsonObject("pagination");
        assertThat(pagination.getInteger("limit")).isEqualTo(10);
        assertThat(pagination.getInteger("offset")).isZero();
        assertThat(pagination.getInteger("total")).isEqualTo(12);
        assertThat(idsOf(own.get(MINE + "?offset=10").json())).isEqualTo(ids.subList(10, 12));
        JsonObject beyond = own.get(MINE + "?offset=1000000&limit=100").json();
        assertThat(idsOf(beyond)).isEmpty();
        assertThat(beyond.getJsonObject("pagination").getInteger("total")).isEqualTo(12);
        assertThat(beyond.getJsonObject("pagination").getString("next_cursor")).isNull();
    }

    @Test
    void anItemOfAListIsThePurchaseItself() {
        UUID id = given.buy(user, merchant, "1.00");
        service.awaitCredits();
        JsonObject shown = own.get("/purchases/" + id).expect(200).json();
        assertThat(own.get(MINE).data()).containsExactly(shown);
        assertThat(admin.get("/purchases?user_id=" + user.userId()).data()).containsExactly(shown);
    }

    /** Rows that arrive between two pages neither repeat nor hide any. */
    @Test
    void pagesByCursorAreStableWhileRowsArrive() {
        List<String> ids = bought(7);
        List<String> seen = new ArrayList<>();
        JsonObject page = own.get(MINE + "?limit=3").json();
        seen.addAll(idsOf(page));
        for (int pages = 1; page.getJsonObject("pagination").getString("next_cursor") != null; pages++) {
            assertThat(pages).isLessThan(4);
            given.buy(user, merchant, "1.00");
            String cursor = page.getJsonObject("pagination").getString("next_cursor");
            page = own.get(MINE + "?limit=3&cursor=" + encoded(cursor))
                    .expect(200)
                    .json();
            assertThat(page.getJsonObject("pagination").getValue("offset")).isNull();
            assertThat(page.getJsonObject("pagination").getValue("total")).isNull();
            assertThat(page.getJsonObject("pagination").getInteger("limit")).isEqualTo(3);
            seen.addAll(idsOf(page));
        }
        assertThat(seen).isEqualTo(ids);
    }

    /** Purchases of one batch share their time: their ids order them. */
    @Test
    void pagesByCursorDoNotStumbleOverEqualTimes() {
        List<JsonObject> batch = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            batch.add(given.purchase(user.userId(), merchant, "1.00"));
        }
        given.report(given.partner(), batch).expect(200);
        List<String> all = idsOf(own.get(MINE + "?limit=100").json());
        List<String> seen = new ArrayList<>();
        String query = "?limit=10";
        for (int pages = 0; pages < 3; pages++) {
            JsonObject page = own.get(MINE + query).expect(200).json();
            seen.addAll(idsOf(page));
            String cursor = page.getJsonObject("pagination").getString("next_cursor");
            query = "?limit=10&cursor=" + (cursor == null ? "" : encoded(cursor));
        }
        assertThat(seen).isEqualTo(all).hasSize(25);
    }

    @Test
    void cursorsAreOfOneListAndExcludeOffsets() {
        bought(3);
        String mine =
                own.get(MINE + "?limit=1").json().getJsonObject("pagination").getString("next_cursor");
        assertThat(admin.get("/purchases?cursor=" + encoded(mine)).expectViolations(422))
                .containsExactly("cursor");
        assertThat(own.get(MINE + "?offset=0&cursor=" + encoded(mine)).expectViolations(422))
                .containsExactly("cursor");
    }

    @Test
    void theFirstPageByCursorCountsNothing() {
        List<String> ids = bought(3);

        JsonObject page = own.get(MINE + "?limit=2&cursor=start").expect(200).json();

        assertThat(idsOf(page)).isEqualTo(ids.subList(0, 2));
        assertThat(page.getJsonObject("pagination").getValue("total")).isNull();
        String next = page.getJsonObject("pagination").getString("next_cursor");
        assertThat(idsOf(own.get(MINE + "?limit=2&cursor=" + encoded(next)).json()))
                .isEqualTo(ids.subList(2, 3));
        assertThat(own.get(MINE + "?offset=0&cursor=start").expectViolations(422))
                .containsExactly("cursor");
        own.get(MINE + "?OFFSET=0&cursor=start").expect(200);
    }

    @Test
    void filtersByStatus() {
        UUID pending = given.buy(user, merchant, "1.00");
        UUID confirmed = given.buy(user, merchant, "1.00");
        UUID rejected = given.buy(user, merchant, "1.00");
        UUID reversed = given.buy(user, merchant, "1.00");
        admin.post("/purchases/" + confirmed + "/confirmation").expect(200);
        admin.post("/purchases/" + rejected + "/rejection", JsonObject.of("reason", "no"))
                .expect(200);
        admin.patch("/purchases/" + reversed + "/reverse", null).expect(200);
        for (String list : List.of(MINE + "?", "/purchases?user_id=" + user.userId() + "&")) {
            ApiClient client = list.startsWith(MINE) ? own : admin;
            assertThat(idsOf(client.get(list + "status=pending").json())).containsExactly(pending.toString());
            assertThat(idsOf(client.get(list + "status=confirmed").json())).containsExactly(confirmed.toString());
            assertThat(idsOf(client.get(list + "status=rejected").json())).containsExactly(rejected.toString());
            JsonObject page = client.get(list + "status=reversed").json();
            assertThat(idsOf(page)).containsExactly(reversed.toString());
            assertThat(page.getJsonObject("pagination").getInteger("total")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Pending", "paid", "pending,confirmed"})
    void refusesAnyOtherStatus(String status) {
        own.get(MINE + "?status=" + status).expectError(422, "INVALID_PURCHASE_STATUS");
        admin.get("/purchases?status=" + status).expectError(422, "INVALID_PURCHASE_STATUS");
        assertThat(own.get(MINE + "?limit=x&status=" + status).expectViolations(422))
                .as("shape comes first")
                .containsExactly("limit");
    }

    @Test
    void adminsFilterByUserMerchantAndDays() {
        Session other = given.member();
        UUID elsewhere = given.merchant();
        String here = given.buy(user, merchant, "1.00").toString();
        String there = given.buy(user, elsewhere, "1.00").toString();
        String theirs = given.buy(other, merchant, "1.00").toString();
        assertThat(list("merchant_id=" + merchant)).containsExactly(theirs, here);
        assertThat(list("merchant_id=" + elsewhere)).containsExactly(there);
        assertThat(list("user_id=" + user.userId())).containsExactly(there, here);
        assertThat(list("user_id=" + user.userId() + "&merchant_id=" + merchant))
                .containsExactly(here);
        assertThat(list("user_id=" + UUID.randomUUID())).isEmpty();

        sql.execute("UPDATE purchases SET created_at = '2026-03-01T00:00:00Z' WHERE id = ?::uuid", here);
        sql.execute("UPDATE purchases SET created_at = '2026-03-01T23:59:59.999999Z' WHERE id = ?::uuid", there);
        sql.execute("UPDATE purchases SET created_at = '2026-03-02T00:00:00Z' WHERE id = ?::uuid", theirs);
        String both = "merchant_id=" + merchant;
        assertThat(list(both + "&start_date=2026-03-01&end_date=2026-03-01")).containsExactly(here);
        assertThat(list("user_id=" + user.userId() + "&end_date=2026-03-01")).containsExactly(there, here);
        assertThat(list(both + "&start_date=2026-03-02")).containsExactly(theirs);
        assertThat(list(both + "&end_date=2026-02-28")).isEmpty();
        assertThat(list(both + "&start_date=2026-03-02&end_date=2026-03-01")).isEmpty();
        assertThat(list(both + "&start_date=0000-01-01&end_date=9999-12-31")).containsExactly(theirs, here);
    }

    @Test
    void detailsAreForOwnerAndAdmin() {
        UUID id = given.buy(user, merchant, "1.00");
        service.awaitCredits();
        assertThat(own.get("/purchases/" + id.toString().toUpperCase())
                        .expect(200)
                        .json())
                .isEqualTo(admin.get("/purchases/" + id).expect(200).json());
        ApiClient stranger = service.api().as(given.member());
        assertThat(stranger.get("/purchases/" + id).expectError(403, "FORBIDDEN"))
                .isEqualTo(JsonObject.of("resource_type", "purchase", "resource_id", id.toString()));
        service.api().get("/purchases/" + id).expectError(401, "INVALID_TOKEN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"42", "00000000-0000-0000-0000-000000000000", "not-a-uuid"})
    void anUnknownPurchaseIsNotFound(String id) {
        Reply reply = own.get("/purchases/" + id);
        assertThat(reply.expectError(404, "NOT_FOUND"))
                .isEqualTo(JsonObject.of("resource_type", "purchase", "resource_id", id));
        assertThat(reply.json().getJsonObject("error").getString("message")).contains(id);
    }

    @Test
    void theNameOfTheMerchantIsThePresentOne() {
        UUID id = given.buy(user, merchant, "1.00");
        String name = Scenario.unique("Renamed");
        sql.execute("UPDATE merchants SET name = ? WHERE id = ?", name, merchant);
        assertThat(given.purchase(id).getString("merchant_name")).isEqualTo(name);
    }

    private List<String> bought(int count) {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            newestFirst.add(0, given.buy(user, merchant, "1.00").toString());
        }
        return newestFirst;
    }

    private List<String> list(String query) {
        return idsOf(admin.get("/purchases?" + query).expect(200).json());
    }

    private static List<String> idsOf(JsonObject page) {
        return page.getJsonArray("data").stream()
                .map(item -> ((JsonObject) item).getString("id"))
                .toList();
    }

    private static String encoded(String cursor) {
        return URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }
}
