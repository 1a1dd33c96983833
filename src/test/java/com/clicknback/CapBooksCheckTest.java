package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.BooksCheck.Difference;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plants differences between caps and their purchases, on a database of its own, and mends them again. */
class CapBooksCheckTest {
    private static final UUID NO_ID = new UUID(0, 0);

    private static TestService service;
    private static Scenario given;
    private static Sql sql;
    private Session user;
    private UUID offer;
    private UUID purchase;

    @BeforeAll
    static void startService() {
        service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock());
        given = new Scenario(service);
        sql = service.sql();
    }

    @AfterAll
    static void closeService() {
        service.close();
    }

    @BeforeEach
    void aCreditedPurchaseUnderAnOffer() {
        user = given.member();
        UUID merchant = given.merchant("0");
        offer = given.offer(merchant, "percent", "10", "20");
        purchase = given.buy(user, merchant, "50.00");
        service.awaitCredits();
    }

    @AfterEach
    void nothingElseIsWrong() {
        assertThat(differences()).isEmpty();
    }

    private static List<Difference> differences() {
        return BooksCheckTest.differences(service);
    }

    @Test
    void findsACapThatIsNotWhatTheJournalUsed() {
        sql.execute("UPDATE cap_usage SET used_minor = used_minor - 1 WHERE offer_id = ?", offer);
        List<Difference> found = differences();
        assertThat(found).hasSize(1);
        assertThat(found.get(0).what()).isEqualTo("cap");
        assertThat(found.get(0).which()).contains(user.userId().toString()).contains(offer.toString());
        assertThat(found.get(0).expected()).isEqualTo("used 500");
        assertThat(found.get(0).actual()).isEqualTo("used 499 of 2000");
        sql.execute("UPDATE cap_usage SET used_minor = used_minor + 1 WHERE offer_id = ?", offer);
    }

    @Test
    void findsACapThatTheJournalHasPassed() {
        sql.execute("ALTER TABLE cap_usage DROP CONSTRAINT cap_usage_within_cap");
        sql.execute("UPDATE cap_usage SET cap_minor = 499 WHERE offer_id = ?", offer);
        assertThat(differences())
                .filteredOn(difference -> difference.what().equals("cap"))
                .extracting(Difference::actual)
                .containsExactly("used 500 of 499");
        sql.execute("UPDATE cap_usage SET cap_minor = 2000 WHERE offer_id = ?", offer);
        sql.execute("ALTER TABLE cap_usage ADD CONSTRAINT cap_usage_within_cap CHECK (used_minor <= cap_minor)");
    }

    @Test
    void findsACapThatDoesNotKnowWhatItCuts() {
        sql.execute("UPDATE cap_usage SET cut_minor = 1 WHERE offer_id = ?", offer);
        assertThat(differences()).singleElement().satisfies(found -> {
            assertThat(found.what()).isEqualTo("cut");
            assertThat(found.which()).startsWith("user %s offer %s month ".formatted(user.userId(), offer));
            assertThat(found.expected())
                    .startsWith("cut 0, limits 2000 to 2000, last part (")
                    .contains(purchase.toString());
            assertThat(found.actual()).isEqualTo(found.expected().replace("cut 0", "cut 1"));
        });
        sql.execute("UPDATE cap_usage SET cut_minor = 0 WHERE offer_id = ?", offer);
    }

    /** Crediting would look at no other purchase, or the database would let them use more than they may. */
    @Test
    void findsACapThatDoesNotKnowTheLimitsOfItsPurchases() {
        for (String limits : List.of("least_minor = 1999", "cap_minor = 2001", "cap_minor = 1999")) {
            sql.execute("UPDATE cap_usage SET " + limits + " WHERE offer_id = ?", offer);
            assertThat(differences()).as(limits).extracting(Difference::what).containsExactly("cut");
            sql.execute("UPDATE cap_usage SET least_minor = NULL, cap_minor = 2000 WHERE offer_id = ?", offer);
        }
    }

    /** Crediting would take a purchase for the last, and leave those after it what they have. */
    @Test
    void findsACapWhoseLastPartIsNotTheLast() {
        sql.execute("CREATE TABLE kept AS SELECT * FROM cap_usage WHERE offer_id = ?", offer);
        for (String place :
                List.of("latest_at = latest_at - interval '1 microsecond'", "latest_id = '" + NO_ID + "'")) {
            sql.execute("UPDATE cap_usage SET " + place + " WHERE offer_id = ?", offer);
            assertThat(differences()).as(place).extracting(Difference::what).containsExactly("cut");
            sql.execute("""
                UPDATE cap_usage c SET latest_at = k.latest_at, latest_id = k.latest_id FROM kept k
                WHERE c.user_id = k.user_id AND c.offer_id = k.offer_id
                """);
        }
        sql.execute("DROP TABLE kept");
    }

    /** Crediting looks at more purchases than it needs to. */
    @Test
    void findsNothingWrongWithACapThatBoundsItsLastPart() {
        sql.execute("UPDATE cap_usage SET latest_at = latest_at + interval '1 hour' WHERE offer_id = ?", offer);
        assertThat(differences()).as("a later place").isEmpty();
        sql.execute("UPDATE cap_usage SET latest_at = NULL, latest_id = NULL WHERE offer_id = ?", offer);
        assertThat(differences()).as("any place").isEmpty();
    }

    /** Its purchases get nothing, so that no other row would tell. */
    @Test
    void findsACapThatWasNeverOpened() {
        sql.execute("CREATE TABLE kept AS SELECT * FROM cap_usage WHERE offer_id = ?", offer);
        given.asAdmin()
                .post("/purchases/" + purchase + "/rejection", JsonObject.of("reason", "no"))
                .expect(200);
        sql.execute("DELETE FROM cap_usage WHERE offer_id = ?", offer);
        assertThat(differences()).extracting(Difference::what).containsExactly("cut");
        sql.execute("INSERT INTO cap_usage SELECT * FROM kept");
        sql.execute("UPDATE cap_usage SET used_minor = 0 WHERE offer_id = ?", offer);
        sql.execute("DROP TABLE kept");
    }
}
