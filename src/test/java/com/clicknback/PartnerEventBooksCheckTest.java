package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.BooksCheck.Difference;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Plants an event behind the cursor of its follower, on a database of its own. */
class PartnerEventBooksCheckTest {
    private static final String PARK = """
        INSERT INTO partner_events (id, partner_id, external_id, kind, occurred_at, received_at, cause)
        SELECT ?, partner_id, external_id, 'confirmed', created_at, created_at + interval '1 minute', 'a request'
        FROM purchases WHERE id = ?
        """;

    private static final String AGE = "UPDATE purchases SET created_at = created_at - ?::interval WHERE id = ?";

    @Test
    void findsAnEventThatIsLeftParkedAlthoughItsPurchaseIsThere() {
        try (TestService service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock())) {
            Scenario given = new Scenario(service);
            Sql sql = service.sql();
            UUID purchase = given.partnerPurchase("50.00").arriveCredited();

            UUID event = UUID.randomUUID();
            sql.execute(AGE, "15 minutes", purchase);
            sql.execute(PARK, event, purchase);
            assertThat(BooksCheckTest.differences(service))
                    .as("its follower may be about to apply it")
                    .isEmpty();

            sql.execute(AGE, "5 minutes", purchase);
            sql.execute("UPDATE partner_events SET received_at = received_at - interval '5 minutes'");
            assertThat(BooksCheckTest.differences(service))
                    .containsExactly(new Difference(
                            "partner event",
                            event + " of purchase " + purchase,
                            "applied or refused",
                            "confirmed and parked"));
        }
    }
}
