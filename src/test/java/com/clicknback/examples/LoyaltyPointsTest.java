package com.clicknback.examples;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class LoyaltyPointsTest {
    private static final Path EXAMPLE = Path.of("src/test/java/com/clicknback/examples/LoyaltyPoints.java");
    private static final Path PAGE = Path.of("docs/events.md");

    @Test
    void theExampleOfTheDocumentationIsTheOneThatRunsHere() throws IOException {
        assertThat(Files.readString(PAGE)).contains(Files.readString(EXAMPLE).strip());
    }

    @Test
    void grantsOnePointForEachConfirmedPurchase(TestService service, Scenario fixtures) {
        service.sql()
                .execute(
                        "CREATE TABLE IF NOT EXISTS loyalty_points (user_id uuid PRIMARY KEY, points bigint NOT NULL)");
        Session user = fixtures.user();
        UUID merchant = fixtures.merchant();
        confirm(fixtures, fixtures.buy(user, merchant, "10.00"));
        LoyaltyPoints points =
                new LoyaltyPoints(service.app().bus(), service.app().database(), service.clock());
        await(service.app().extend(() -> points));

        confirm(fixtures, fixtures.buy(user, merchant, "20.00"));
        UUID rejected = fixtures.buy(user, merchant, "30.00");
        fixtures.asAdmin()
                .post("/purchases/" + rejected + "/rejection", "{\"reason\":\"returned\"}")
                .expect(200);
        await(points.caughtUp());

        assertThat(service.sql().<Long>column("SELECT points FROM loyalty_points WHERE user_id = ?", user.userId()))
                .containsExactly(2L);
    }

    private static void confirm(Scenario fixtures, UUID purchaseId) {
        fixtures.asAdmin().post("/purchases/" + purchaseId + "/confirmation").expect(200);
    }
}
