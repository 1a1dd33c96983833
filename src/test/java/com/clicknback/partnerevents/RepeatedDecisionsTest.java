package com.clicknback.partnerevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ever older words of a partner about one purchase: each may overturn the one before, and each moves the money once. */
@ExtendWith(ServiceExtension.class)
class RepeatedDecisionsTest {
    private final TestService service;
    private final Scenario given;
    private final TestClock clock;
    private final Sql sql;

    RepeatedDecisionsTest(TestService service, Scenario given, TestClock clock, Sql sql) {
        this.service = service;
        this.given = given;
        this.clock = clock;
        this.sql = sql;
    }

    @Test
    void whatIsConfirmedAtOnceIsRejectedAndReinstatedTwice() {
        PartnerPurchase story = story(0);
        story.arriveCredited();
        story.tell(story.confirmation(9)).expect(200);
        story.tell(story.refund(10, "r1", "50.00")).expect(200);
        assertThat(story.outcome()).isEqualTo("confirmed available 2.50, pending 0 available 250 cap 0");
        for (int second = 8; second > 1; second -= 2) {
            story.tell(story.rejection(second, "Returned.")).expect(200);
            assertThat(story.outcome()).isEqualTo("rejected rejected 2.50, pending 0 available 0 cap 0");
            story.tell(story.confirmation(second - 1)).expect(200);
            assertThat(story.outcome()).isEqualTo("confirmed available 2.50, pending 0 available 250 cap 0");
        }
        story.tell(story.refund(11, "r2", "20.00")).expect(200);
        story.tell(story.refund(12, "r3", "30.00")).expect(200);
        assertThat(story.outcome()).isEqualTo("reversed reversed 0.00, pending 0 available 0 cap 0");
        assertThat(booked(story, "cashback_credit")).isEqualTo(1);
        assertThat(booked(story, "cashback_confirmed")).isEqualTo(5);
        assertThat(booked(story, "cashback_rejected")).isEqualTo(4);
        assertThat(booked(story, "cashback_reinstated")).isEqualTo(4);
        TestService.await(service.app().followers().caughtUp("daily-statistics"));
        assertThat(sql.<String>value(
                        "SELECT confirmed_minor || ' ' || rejected_minor FROM statistics_days WHERE partner_id = ?",
                        story.partner.id()))
                .isEqualTo("1500 1000");
    }

    @Test
    void whatIsReleasedIsHeldAndReleasedAgain() {
        PartnerPurchase story = story(30);
        UUID id = story.arriveCredited();
        story.tell(story.confirmation(9)).expect(200);
        pass(30);
        assertThat(story.outcome()).isEqualTo("confirmed available 5.00, pending 0 available 500 cap 0");
        for (int second = 8; second > 1; second -= 2) {
            story.tell(story.rejection(second, "Returned.")).expect(200);
            assertThat(story.outcome()).isEqualTo("rejected rejected 5.00, pending 0 available 0 cap 0");
            story.tell(story.confirmation(second - 1)).expect(200);
            assertThat(story.outcome()).isEqualTo("confirmed held 5.00, pending 500 available 0 cap 0");
            assertThat(given.explain(id).getJsonObject("hold").getString("released_at"))
                    .isNull();
            pass(30);
            assertThat(story.outcome()).isEqualTo("confirmed available 5.00, pending 0 available 500 cap 0");
            assertThat(given.explain(id).getJsonObject("hold").getString("released_at"))
                    .isEqualTo(released(id));
        }
        assertThat(booked(story, "cashback_released")).isEqualTo(5);
        assertThat(booked(story, "cashback_confirmed")).isZero();
    }

    private PartnerPurchase story(int holdDays) {
        UUID merchant = given.merchant("5");
        sql.execute("UPDATE merchants SET hold_days = ?, terms_since = '-infinity' WHERE id = ?", holdDays, merchant);
        return given.partnerPurchase(given.partner(), given.users(1).get(0), merchant, "100.00");
    }

    private void pass(int days) {
        clock.advance(Duration.ofDays(days));
        service.runReleases();
    }

    private static long booked(PartnerPurchase story, String kind) {
        return story.journal().stream().filter(line -> line.startsWith(kind)).count();
    }

    private String released(UUID id) {
        JsonObject explained = given.explain(id);
        return explained.getJsonArray("journal").stream()
                .map(JsonObject.class::cast)
                .filter(entry -> entry.getString("type").equals("cashback_released"))
                .reduce((earlier, later) -> later)
                .map(entry -> entry.getString("created_at"))
                .orElseThrow();
    }
}
