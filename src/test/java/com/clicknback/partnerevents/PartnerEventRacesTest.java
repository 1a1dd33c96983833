package com.clicknback.partnerevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Partner;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class PartnerEventRacesTest {
    private static final int ROUNDS = 60;
    private static final int AT_ONCE = 20;
    private static final String WAITING =
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7001 AND NOT granted";

    private final TestService service;
    private final Scenario given;
    private final Sql sql;

    PartnerEventRacesTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @Test
    void noEventIsLostBetweenParkingAndArrival() {
        Partner partner = given.partner();
        UUID merchant = given.merchant();
        List<UUID> users = given.users(ROUNDS);
        List<PartnerPurchase> stories = new ArrayList<>();
        for (UUID user : users) {
            PartnerPurchase story = given.partnerPurchase(partner, user, merchant, "100.00");
            stories.add(story);
            List<Reply> replies = all(Stream.of(
                            story.refund(2, "a", "30.00"),
                            story.creation(),
                            story.confirmation(1),
                            story.refund(3, "b", "20.00"))
                    .map(story::tellAsync));
            assertThat(replies).extracting(Reply::status).allMatch(status -> status <= 202);
        }

        service.awaitPartnerEvents();
        for (PartnerPurchase story : stories) {
            assertThat(story.standing()).isEqualTo("confirmed available 2.50, pending 0 available 250 cap 0");
            assertThat(story.onRecord())
                    .containsExactly("confirmed: applied", "refunded a: applied", "refunded b: applied");
        }
        service.requireCleanLedger();
    }

    @Test
    void whoeverSendsAnEventManyTimesAtOnceHasItAppliedOnce() {
        PartnerPurchase story = story();
        all(times(story, i -> story.confirmation(1))).forEach(reply -> reply.expect(202));
        story.arrive();
        List<Reply> refunds = all(times(story, i -> story.refund(2, "r", "40.00")));

        assertThat(refunds).allSatisfy(reply -> reply.expect(200));
        assertThat(story.outcome()).isEqualTo("confirmed available 3.00, pending 0 available 300 cap 0");
        assertThat(story.journal())
                .containsExactly("cashback_credit 500", "cashback_confirmed 500", "cashback_refunded 200");
    }

    @Test
    void refundsAtOnceNeverGoBeyondThePurchase() {
        PartnerPurchase story = story();
        story.arrive();

        List<Reply> replies = all(times(story, i -> story.refund(i, "r" + i, "30.00")));

        assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(3);
        assertThat(replies).filteredOn(reply -> reply.status() == 422).hasSize(AT_ONCE - 3);
        assertThat(story.outcome()).isEqualTo("pending pending 0.50, pending 50 available 0 cap 0");
        assertThat(sql.count("SELECT refunded_minor FROM purchases WHERE id = ?", story.id()))
                .isEqualTo(90_00);
    }

    @Test
    void ofAConfirmationAndARejectionAtOnceOneWins() {
        for (int round = 0; round < AT_ONCE; round++) {
            PartnerPurchase story = story();
            UUID id = story.arrive();
            CompletableFuture<Reply> byAdmin =
                    given.asAdmin().sendAsync("POST", "/purchases/" + id + "/confirmation", null);
            CompletableFuture<Reply> byPartner = story.tellAsync(story.rejection(1, "Cancelled."));
            Reply confirmed = byAdmin.join();
            Reply rejected = byPartner.join();

            assertThat(List.of(rejected.status(), confirmed.status())).containsExactlyInAnyOrder(200, 400);
            assertThat(story.settled().getString("status"))
                    .isEqualTo(rejected.status() == 200 ? "rejected" : "confirmed");
            assertThat(story.journal()).hasSize(2);
        }
        service.requireCleanLedger();
    }

    /** The later one is parked. The purchase arrives, and is rejected, while the earlier one is on its way to the record. */
    @Test
    void theEarlierOfTwoRejectionsCountsThoughThePurchaseComesBetweenItsTwoSteps() throws SQLException {
        PartnerPurchase story = story();
        story.tell(story.rejection(2, "The later one.")).expect(202);
        sql.execute("CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_advisory_xact_lock_shared(7001); RETURN NEW; END $$");
        sql.execute("CREATE TRIGGER wait BEFORE INSERT ON partner_events FOR EACH ROW"
                + " WHEN (NEW.reason = 'The earlier one.') EXECUTE FUNCTION wait()");
        CompletableFuture<Reply> earlier;
        try (Connection holder = sql.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(7001)");
            earlier = story.tellAsync(story.rejection(1, "The earlier one."));
            Waiting.until("the earlier one waits", () -> sql.count(WAITING) > 0);
            story.arrive();
            service.awaitPartnerEvents();
        }
        earlier.join().expect(200);
        sql.execute("DROP FUNCTION wait CASCADE");

        assertThat(story.outcome()).isEqualTo("rejected rejected 5.00, pending 0 available 0 cap 0");
        assertThat(given.purchase(story.id()).getString("rejection_reason")).isEqualTo("The earlier one.");
        service.requireCleanLedger();
    }

    private PartnerPurchase story() {
        return given.partnerPurchase("100.00");
    }

    private static Stream<CompletableFuture<Reply>> times(
            PartnerPurchase story, IntFunction<PartnerPurchase.Event> event) {
        return IntStream.range(0, AT_ONCE).mapToObj(event).map(story::tellAsync);
    }

    private static List<Reply> all(Stream<CompletableFuture<Reply>> sent) {
        return sent.toList().stream().map(CompletableFuture::join).toList();
    }
}
