package com.clicknback.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.ApiOperation.Body;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The request examples of the description can be sent as they are served, whatever day it is. */
class AnyDayTest {
    /** Operations whose requests need nothing but what the scenario has. */
    private static final Set<String> SUCCEEDING = Set.of(
            "registerUser",
            "createMerchant",
            "setMerchantStatus",
            "createOffer",
            "previewOffer",
            "createClick",
            "createPurchase",
            "ingestPurchaseWebhook",
            "ingestPurchaseBatchWebhook");

    private static final Set<Integer> REFUSALS_OF_CONTENT = Set.of(400, 422);

    static Stream<Instant> days() {
        return Stream.of(
                Instant.now().plus(Duration.ofDays(396)),
                Instant.parse("2028-02-29T12:00:00Z"),
                Instant.parse("2029-01-31T23:59:59.999999Z"),
                Instant.parse("2029-02-28T23:59:00Z"),
                Instant.parse("2029-03-01T00:00:00Z"),
                Instant.parse("2030-12-31T23:59:00Z"));
    }

    @ParameterizedTest
    @MethodSource("days")
    void everyServedExampleIsAValidRequest(Instant day) {
        try (TestService service =
                TestService.start(TestServer.shared().createMigratedDatabase(), TestClock.standing(day))) {
            Scenario given = new Scenario(service);
            ContractScenario scenario = new ContractScenario(service, given);
            UUID merchant = given.merchant();
            UUID offer = given.offer(given.merchant(), "percent", "5", "50");
            ServedExamples examples = new ServedExamples(service);

            assertThat(ApiOperation.all())
                    .filteredOn(operation -> operation.body() != Body.NONE)
                    .allSatisfy(operation -> {
                        String path = operation.path(name -> switch (name) {
                            case "partner_id" -> scenario.sender().id().toString();
                            case "key" -> "any_day";
                            default -> (operation.path().contains("/offers/") ? offer : merchant).toString();
                        });
                        assertThat(examples.of(operation))
                                .allSatisfy(
                                        example -> send(scenario, service, operation, path, scenario.real(example)));
                    });
        }
    }

    private static void send(
            ContractScenario scenario, TestService service, ApiOperation operation, String path, JsonObject example) {
        String body = example.encode();
        Reply reply = scenario.client(service, operation, body).send(operation.method(), path, body);
        if (SUCCEEDING.contains(operation.id())) {
            assertThat(reply.status()).as(reply.text()).isBetween(200, 299);
            assertThat(reply.text()).doesNotContain("VALIDATION_ERROR");
        } else {
            assertThat(reply.status()).as(reply.text()).isNotIn(REFUSALS_OF_CONTENT);
        }
    }
}
