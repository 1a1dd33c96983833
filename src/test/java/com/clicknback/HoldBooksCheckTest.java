package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.BooksCheck.Difference;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plants faults of held purchases, on a database of its own, and mends them again. */
class HoldBooksCheckTest {
    private static TestService service;
    private static Scenario given;
    private static Sql sql;
    private PartnerPurchase story;
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
    void aPurchaseThatIsHeldForThirtyDays() {
        UUID merchant = given.merchant("5");
        sql.execute("UPDATE merchants SET hold_days = 30, terms_since = '-infinity' WHERE id = ?", merchant);
        story = given.partnerPurchase(given.partner(), given.users(1).get(0), merchant, "100.00");
        purchase = story.arriveCredited();
        confirm(9);
    }

    /** A hold that is left would be overdue once another test lets time pass. */
    @AfterEach
    void nothingElseIsWrong() {
        if (given.purchase(purchase).getString("status").equals("confirmed")) {
            given.asAdmin().patch("/purchases/" + purchase + "/reverse", null).expect(200);
        }
        assertThat(BooksCheckTest.differences(service)).isEmpty();
    }

    @Test
    void findsNothingInHoldsThatEndInEveryWay() {
        given.asAdmin().post("/purchases/" + purchase + "/release").expect(200);
        assertThat(found()).isEmpty();
        reject(8);
        confirm(7);
        assertThat(found()).isEmpty();
        pass(30);
        assertThat(found()).isEmpty();
        reject(6);
        assertThat(found()).isEmpty();
    }

    /** By the clock, the release came before the confirmation. */
    @Test
    void findsNothingInAReleaseAfterTheClockWasSetBack() {
        service.clock().step(Duration.ofHours(-5));
        given.asAdmin().post("/purchases/" + purchase + "/release").expect(200);
        assertThat(found()).isEmpty();
        service.clock().step(Duration.ofHours(5));
    }

    /** The list of holds agrees with it. */
    @Test
    void findsAHoldThatIsShorterOrLongerThanItsTerms() {
        endHold("+ interval '1 day'");
        assertThat(found()).containsExactly("payable");
        endHold("- interval '2 days'");
        assertThat(BooksCheckTest.differences(service))
                .singleElement()
                .satisfies(
                        difference -> assertThat(difference.expected()).startsWith("30 days after the confirmation"));
        endHold("+ interval '1 day'");
    }

    /** A reinstated purchase is held anew: an administrator's release of before is no cause. */
    @Test
    void findsAHoldThatIsShorterThanItsTermsAfterAnEarlierRelease() {
        given.asAdmin().post("/purchases/" + purchase + "/release").expect(200);
        reject(8);
        confirm(7);
        endHold("- interval '1 day'");
        assertThat(found()).containsExactly("payable");
        endHold("+ interval '1 day'");
    }

    private void endHold(String later) {
        sql.execute("UPDATE purchases SET payable_at = payable_at %s WHERE id = ?".formatted(later), purchase);
        sql.execute(
                "UPDATE holds SET payable_at = payable_at %1$s, due_at = due_at %1$s WHERE purchase_id = ?"
                        .formatted(later),
                purchase);
    }

    @Test
    void findsAHeldPurchaseThatIsOnNoListOrOtherwise() {
        sql.execute("CREATE TABLE kept AS SELECT * FROM holds WHERE purchase_id = ?", purchase);
        sql.execute("DELETE FROM holds WHERE purchase_id = ?", purchase);
        assertThat(found()).containsExactly("hold");
        pass(31);
        assertThat(found()).as("past its end too").containsExactly("hold");
        sql.execute("INSERT INTO holds SELECT * FROM kept");
        sql.execute("DROP TABLE kept");
        sql.execute("UPDATE holds SET payable_at = payable_at - interval '1 day' WHERE purchase_id = ?", purchase);
        assertThat(found()).containsExactlyInAnyOrder("hold", "overdue hold");
        sql.execute("UPDATE holds SET payable_at = payable_at + interval '1 day' WHERE purchase_id = ?", purchase);
        service.runReleases();
    }

    /** No claim puts off the release for so long. */
    @Test
    void findsAHeldPurchaseThatTheReleasesWouldComeToLate() {
        sql.execute("UPDATE holds SET due_at = due_at + interval '1 day' WHERE purchase_id = ?", purchase);
        assertThat(found()).containsExactly("hold");
        sql.execute("UPDATE holds SET due_at = due_at - interval '1 day' WHERE purchase_id = ?", purchase);
    }

    @Test
    void findsCashbackThatIsHeldBeyondItsTimeUnlessAFlagHoldsIt() {
        service.clock().advance(Duration.ofDays(30).plusMinutes(16));
        assertThat(found()).containsExactly("overdue hold");
        given.asAdmin()
                .put("/feature-flags/cashback_release", JsonObject.of("enabled", false, "scope_type", "global"))
                .expect(200);
        assertThat(found()).isEmpty();
        given.asAdmin()
                .delete("/feature-flags/cashback_release?scope_type=global")
                .expect(204);
        service.runReleases();
    }

    @Test
    void findsHeldCashbackThatIsAvailable() {
        sql.execute("CREATE TABLE kept AS SELECT * FROM holds WHERE purchase_id = ?", purchase);
        sql.execute("DELETE FROM holds WHERE purchase_id = ?", purchase);
        sql.execute("UPDATE purchases SET held = NULL WHERE id = ?", purchase);
        assertThat(found()).containsExactly("purchase");
        sql.execute("UPDATE purchases SET held = true WHERE id = ?", purchase);
        sql.execute("INSERT INTO holds SELECT * FROM kept");
        sql.execute("DROP TABLE kept");
    }

    @Test
    void findsAHeldAmountThatTheJournalDoesNotHave() {
        sql.execute("UPDATE purchases SET rerated_minor = 501 WHERE id = ?", purchase);
        assertThat(found()).containsExactlyInAnyOrder("purchase", "amount");
        sql.execute("UPDATE purchases SET rerated_minor = NULL WHERE id = ?", purchase);
    }

    @Test
    void findsAReleaseThatCameBeforeTheEndOfItsHold() {
        pass(30);
        release("- interval '1 day'");
        assertThat(found()).containsExactly("release");
        release("+ interval '1 day'");
    }

    /** The hold of today tells nothing of them. */
    @Test
    void findsAnEarlyReleaseOfAPurchaseThatWasReinstatedSince() {
        pass(30);
        reject(8);
        confirm(7);
        assertThat(found()).isEmpty();
        release("- interval '1 day'");
        assertThat(found()).containsExactly("release");
        release("+ interval '1 day'");
    }

    @Test
    void findsCashbackThatPassedItsHold() {
        pass(30);
        unprotected(
                "UPDATE ledger_transfers SET kind = 'cashback_confirmed' WHERE kind = 'cashback_released' AND purchase_id = ?");
        assertThat(found()).containsExactly("release");
        unprotected(
                "UPDATE ledger_transfers SET kind = 'cashback_released' WHERE kind = 'cashback_confirmed' AND purchase_id = ?");
    }

    private void release(String later) {
        unprotected(
                "UPDATE ledger_transfers SET created_at = created_at %s WHERE kind = 'cashback_released' AND purchase_id = ?"
                        .formatted(later));
    }

    private void unprotected(String statement) {
        sql.execute("ALTER TABLE ledger_transfers DISABLE TRIGGER ledger_transfers_append_only");
        sql.execute(statement, purchase);
        sql.execute("ALTER TABLE ledger_transfers ENABLE TRIGGER ledger_transfers_append_only");
    }

    private List<String> found() {
        List<Difference> found = BooksCheckTest.differences(service);
        assertThat(found)
                .allSatisfy(difference -> assertThat(difference.which()).isEqualTo(purchase.toString()));
        return found.stream().map(Difference::what).toList();
    }

    private void confirm(int second) {
        story.tell(story.confirmation(second)).expect(200);
    }

    private void reject(int second) {
        story.tell(story.rejection(second, "Returned.")).expect(200);
    }

    private static void pass(int days) {
        service.clock().advance(Duration.ofDays(days));
        service.runReleases();
    }
}
