package com.clicknback.explanations;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.DatabaseContent;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(ServiceExtension.class)
class ReversalPreviewRefusalsTest {
    private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    private final Scenario given;
    private final ApiClient anyone;
    private final Sql sql;

    ReversalPreviewRefusalsTest(TestService service, Scenario given, ApiClient anyone, Sql sql) {
        this.given = given;
        this.anyone = anyone;
        this.sql = sql;
    }

    private static String path(Object purchaseId) {
        return "/purchases/" + purchaseId + "/reversal-preview";
    }

    private void reverse(UUID id) {
        given.asAdmin().patch("/purchases/" + id + "/reverse", null).expect(200);
    }

    @Test
    void refusesWhatTheReversalRefuses() {
        Session alice = given.user();
        UUID reversed = given.buyCredited(alice, given.merchant(), "100.00");
        reverse(reversed);
        UUID rejected = given.buyCredited(alice, given.merchant(), "100.00");
        given.asAdmin()
                .post("/purchases/" + rejected + "/rejection", JsonObject.of("reason", "No."))
                .expect(200);
        Map<String, String> before = DatabaseContent.of(sql);
        ApiClient admin = given.asAdmin();

        assertThat(admin.post(path(reversed)).expectError(400, "PURCHASE_ALREADY_REVERSED"))
                .isEqualTo(refusal(reversed, "reversed"));
        assertThat(admin.post(path(rejected)).expectError(400, "PURCHASE_NOT_REVERSIBLE"))
                .isEqualTo(refusal(rejected, "rejected"));
        assertThat(DatabaseContent.of(sql)).isEqualTo(before);
    }

    private static JsonObject refusal(UUID id, String status) {
        return JsonObject.of(
                "violations",
                JsonArray.of(JsonObject.of(
                        "purchase_id",
                        id.toString(),
                        "current_status",
                        status,
                        "reversible_from_statuses",
                        JsonArray.of("pending", "confirmed"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {NOBODY, "ABCDEF00-0000-4000-8000-00000000000F", "42", "not-a-uuid"})
    void doesNotFindWhatIsNotThere(String id) {
        assertThat(given.asAdmin().post(path(id)).expectError(404, "NOT_FOUND"))
                .isEqualTo(JsonObject.of("resource_type", "purchase", "resource_id", id));
    }

    @Test
    void isForAdminsOnlyAndIgnoresABody() {
        Session alice = given.user();
        UUID id = given.buyCredited(alice, given.merchant(), "100.00");

        assertThat(anyone.as(alice).post(path(id)).expectError(403, "FORBIDDEN"))
                .isEqualTo(JsonObject.of("required_role", "admin", "current_role", "user"));
        assertThat(anyone.as(given.user()).post(path(NOBODY)).status()).isEqualTo(403);
        anyone.post(path(id)).expectError(401, "INVALID_TOKEN");
        given.asAdmin().get(path(id)).expectError(405, "METHOD_NOT_ALLOWED");
        given.asAdmin().post(path(id), "[no JSON").expect(200);
    }
}
