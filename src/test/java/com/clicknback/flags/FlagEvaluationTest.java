package com.clicknback.flags;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.flags.Flags.Subject;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The value of a flag that is in force. */
@ExtendWith(ServiceExtension.class)
class FlagEvaluationTest {
    private static final JsonObject OFF = JsonObject.of("enabled", false);

    private final TestService service;
    private final Scenario given;

    /** A key that no other test uses. */
    private final String key = Scenario.unique("flag").replace('-', '_');

    private final String path = "/feature-flags/" + key;
    private ApiClient admin;

    FlagEvaluationTest(TestService service, Scenario given, ApiClient anyone) {
        this.service = service;
        this.given = given;
        this.admin = anyone;
    }

    @BeforeEach
    void logIn() {
        admin = given.asAdmin();
    }

    private static JsonObject of(boolean enabled, String scopeType, UUID scopeId) {
        return JsonObject.of("enabled", enabled, "scope_type", scopeType, "scope_id", scopeId.toString());
    }

    private boolean evaluate(String query) {
        JsonObject verdict = admin.get(path + "/evaluate" + query).expect(200).json();
        assertThat(verdict.getString("key")).isEqualTo(key);
        return verdict.getBoolean("enabled");
    }

    @Test
    void resolvesTheExactScopeThenTheGlobalOneThenTrue() {
        UUID merchant = UUID.randomUUID();
        UUID user = UUID.randomUUID();
        String ofMerchant = "?scope_type=merchant&scope_id=" + merchant;
        String ofUser = "?scope_type=user&scope_id=" + user;
        assertThat(evaluate("")).isTrue();
        assertThat(evaluate(ofMerchant)).isTrue();

        admin.put(path, of(false, "merchant", merchant)).expect(200);
        assertThat(evaluate(ofMerchant)).isFalse();
        assertThat(evaluate("?scope_type=user&scope_id=" + merchant)).isTrue();
        assertThat(evaluate(ofUser)).isTrue();

        admin.put(path, OFF).expect(200);
        admin.put(path, of(true, "merchant", merchant)).expect(200);
        assertThat(evaluate(ofMerchant)).isTrue();
        assertThat(evaluate(ofUser)).isFalse();
        assertThat(evaluate("")).isFalse();
        assertThat(evaluate("?scope_type=global")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Any-Key", "%00", "caf%C3%A9", "x%2Fy"})
    void evaluatesAnyKeyAndEchoesIt(String odd) {
        JsonObject verdict =
                admin.get("/feature-flags/" + odd + "/evaluate").expect(200).json();
        assertThat(verdict.getString("key")).isEqualTo(URLDecoder.decode(odd, StandardCharsets.UTF_8));
        assertThat(verdict.getBoolean("enabled")).isTrue();
    }

    @Test
    void answersTheGateForManySubjectsAtOnce() {
        UUID openUser = UUID.randomUUID();
        UUID closedUser = UUID.randomUUID();
        UUID openMerchant = UUID.randomUUID();
        UUID closedMerchant = UUID.randomUUID();
        admin.put(path, of(false, "user", closedUser)).expect(200);
        admin.put(path, of(false, "merchant", closedMerchant)).expect(200);
        List<Subject> subjects = List.of(
                new Subject(openUser, openMerchant),
                new Subject(closedUser, openMerchant),
                new Subject(openUser, closedMerchant),
                new Subject(closedUser, closedMerchant),
                new Subject(openUser, openMerchant));
        assertThat(gate(subjects)).containsExactly(true, false, false, false, true);

        admin.put(path, OFF).expect(200);
        assertThat(gate(subjects)).containsOnly(false);
        admin.put(path, of(true, "user", openUser)).expect(200);
        assertThat(gate(subjects)).containsOnly(false);
        admin.put(path, of(true, "merchant", openMerchant)).expect(200);
        assertThat(gate(subjects)).containsExactly(true, false, false, false, true);
        assertThat(gate(List.of())).isEmpty();
    }

    private List<Boolean> gate(List<Subject> subjects) {
        return service.ask(new Flags.EvaluateAll(key, subjects)).enabled();
    }
}
