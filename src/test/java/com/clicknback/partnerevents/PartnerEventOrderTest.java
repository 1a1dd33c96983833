package com.clicknback.partnerevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.clicknback.testing.Partner;
import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.PartnerPurchase.Event;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events may arrive in any order, before and after their purchase. */
@ExtendWith(ServiceExtension.class)
class PartnerEventOrderTest {
    private static final int AT_ONCE = 16;

    private final TestService service;
    private final Scenario given;

    PartnerEventOrderTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @Test
    void aPurchaseItsConfirmationAndItsRefundsComeToTheSameInEveryOrderOfArrival() {
        Set<String> outcomes = outcomes(story -> List.of(
                story.creation(),
                story.confirmation(1),
                story.refund(2, "a", "33.33"),
                story.refund(3, "b", "21.07"),
                story.refund(4, "c", "0.01")));

        assertThat(outcomes).containsExactly("confirmed available 4.56, pending 0 available 456 cap 456");
    }

    @Test
    void aPurchaseThatIsRefundedInFullIsReversedInEveryOrderOfArrival() {
        Set<String> outcomes = outcomes(story -> List.of(
                story.creation(), story.confirmation(1), story.refund(2, "a", "60.00"), story.refund(3, "b", "40.00")));

        assertThat(outcomes).containsExactly("reversed reversed 0.00, pending 0 available 0 cap 0");
    }

    /** A refund beyond all stated amounts is refused to its sender, unless it waits for its purchase. */
    @Test
    void theEndFollowsFromTheRefundsThatNobodyWasRefused() {
        Map<List<String>, Set<String>> ends = new HashMap<>();
        for (PartnerPurchase story : told(story -> List.of(
                story.creation(),
                story.confirmation(1),
                story.refund(2, "a", "60.00"),
                story.refund(3, "b", "50.00")))) {
            List<String> refunds = story.onRecord().stream()
                    .filter(event -> event.startsWith("refunded"))
                    .toList();
            ends.computeIfAbsent(refunds, key -> new HashSet<>()).add(story.standing());
        }
        assertThat(ends)
                .containsOnly(
                        entry(
                                List.of("refunded a: applied", "refunded b: VALIDATION_ERROR"),
                                Set.of("confirmed available 4.00, pending 0 available 400 cap 400")),
                        entry(
                                List.of("refunded a: VALIDATION_ERROR", "refunded b: applied"),
                                Set.of("confirmed available 5.00, pending 0 available 500 cap 500")),
                        entry(
                                List.of("refunded a: applied", "refunded b: applied"),
                                Set.of("reversed reversed 0.00, pending 0 available 0 cap 0")));
    }

    @Test
    void aRejectedPurchaseHoldsNothingInEveryOrderOfArrival() {
        Set<String> holdings = new HashSet<>();
        for (PartnerPurchase story : told(
                story -> List.of(story.creation(), story.rejection(1, "Cancelled."), story.refund(2, "a", "60.00")))) {
            assertThat(story.standing()).startsWith("rejected");
            holdings.add(story.holdings());
        }
        assertThat(holdings).containsExactly("pending 0 available 0 cap 0");
    }

    @Test
    void correctionsRefundsAndAConfirmationComeToTheSameInEveryOrderOfArrival() {
        Set<String> outcomes = outcomes(story -> List.of(
                story.creation(),
                story.confirmation(1),
                story.correction(5, "b", "70.00"),
                story.correction(3, "a", "90.00"),
                story.refund(4, "r", "40.00")));

        assertThat(outcomes).containsExactly("confirmed available 3.00, pending 0 available 300 cap 300");
    }

    @Test
    void anOlderConfirmationCountsInEveryOrderOfArrival() {
        Set<String> outcomes = outcomes(story -> List.of(
                story.creation(),
                story.confirmation(1),
                story.rejection(2, "Contradicts the confirmation."),
                story.refund(3, "a", "50.00"),
                story.correction(4, "k", "90.00")));

        assertThat(outcomes).containsExactly("confirmed available 4.00, pending 0 available 400 cap 400");
    }

    @Test
    void anOlderRejectionCountsInEveryOrderOfArrival() {
        Set<String> outcomes = new HashSet<>();
        for (PartnerPurchase story : told(story -> List.of(
                story.creation(),
                story.rejection(1, "Cancelled."),
                story.confirmation(2),
                story.refund(3, "a", "50.00")))) {
            outcomes.add(story.settled().getString("status") + " " + story.holdings());
        }
        assertThat(outcomes).containsExactly("rejected pending 0 available 0 cap 0");
    }

    /** Here the order matters: each of these events excludes others. */
    @Test
    void whatIsParkedIsAppliedInTheOrderOfItsTimesWhateverTheOrderOfArrival() {
        Set<String> outcomes = outcomesOfParked(story -> List.of(
                story.refund(1, "a", "70.00"),
                story.refund(2, "b", "40.00"),
                story.confirmation(3),
                story.rejection(4, "Contradicts the confirmation.")));

        assertThat(outcomes).containsExactly("reversed reversed 0.00, pending 0 available 0 cap 0");
    }

    @Test
    void anEarlierRejectionWinsOverALaterConfirmationWhateverTheOrderOfArrival() {
        Set<String> outcomes = outcomesOfParked(story ->
                List.of(story.rejection(1, "Cancelled."), story.confirmation(2), story.refund(3, "a", "10.00")));

        assertThat(outcomes).containsExactly("rejected rejected 6.00, pending 0 available 0 cap 0");
    }

    @Test
    void eventsOfOneTimeHaveAnOrderOfTheirOwn() {
        Set<String> outcomes = outcomesOfParked(story -> List.of(
                story.rejection(1, "Contradicts the confirmation."),
                story.refund(1, "b", "70.00"),
                story.refund(1, "a", "50.00"),
                story.confirmation(1)));

        assertThat(outcomes).containsExactly("reversed reversed 0.00, pending 0 available 0 cap 0");
    }

    /** The same event sent twice with two times: the earlier one counts, whichever came first. */
    @Test
    void ofTwoTimesOfOneParkedEventTheEarlierCounts() {
        Set<String> outcomes = outcomesOfParked(story -> List.of(
                story.confirmation(1), story.confirmation(5), story.rejection(2, "Later than the confirmation.")));
        assertThat(outcomes).containsExactly("confirmed available 6.00, pending 0 available 600 cap 600");

        Set<String> reasons = new HashSet<>();
        for (PartnerPurchase story :
                toldThenCreated(story -> List.of(story.rejection(2, "second"), story.rejection(1, "first")))) {
            reasons.add(story.settled().getString("rejection_reason"));
        }
        assertThat(reasons).containsExactly("first");
    }

    /** The outcomes of all orders of events that include the creation. */
    private Set<String> outcomes(Function<PartnerPurchase, List<Event>> events) {
        Set<String> outcomes = new HashSet<>();
        told(events).forEach(story -> outcomes.add(story.standing()));
        return outcomes;
    }

    /** The outcomes of all orders of events that come before the creation. */
    private Set<String> outcomesOfParked(Function<PartnerPurchase, List<Event>> events) {
        Set<String> outcomes = new HashSet<>();
        toldThenCreated(events).forEach(story -> outcomes.add(story.standing()));
        return outcomes;
    }

    private List<PartnerPurchase> told(Function<PartnerPurchase, List<Event>> events) {
        return inAllOrders(events, false);
    }

    private List<PartnerPurchase> toldThenCreated(Function<PartnerPurchase, List<Event>> events) {
        return inAllOrders(events, true);
    }

    /** One story for each order, told to its end; each has a user, and so a wallet and a cap, of its own. */
    private List<PartnerPurchase> inAllOrders(Function<PartnerPurchase, List<Event>> events, boolean thenCreated) {
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "10", "6");
        Partner partner = given.partner();
        int length = events.apply(story(partner, UUID.randomUUID(), merchant)).size();
        List<List<Integer>> orders = permutations(length);
        List<UUID> users = given.users(orders.size());
        List<PartnerPurchase> stories =
                users.stream().map(user -> story(partner, user, merchant)).toList();
        List<List<Event>> scripts = stories.stream().map(events).toList();
        for (int step = 0; step < length; step++) {
            int now = step;
            atOnce(
                            orders.size(),
                            i -> stories.get(i)
                                    .tellAsync(scripts.get(i).get(orders.get(i).get(now))))
                    .forEach(reply -> assertThat(reply.status()).isLessThan(500));
        }
        if (thenCreated) {
            atOnce(orders.size(), i -> stories.get(i).tellAsync(stories.get(i).creation()))
                    .forEach(reply -> reply.expect(201));
        }
        service.awaitCredits();
        service.awaitPartnerEvents();
        return stories;
    }

    /** The replies to the same step of so many stories, which know nothing of each other. */
    private static List<Reply> atOnce(int stories, IntFunction<CompletableFuture<Reply>> step) {
        List<Reply> replies = new ArrayList<>();
        for (int first = 0; first < stories; first += AT_ONCE) {
            IntStream.range(first, Math.min(first + AT_ONCE, stories))
                    .mapToObj(step)
                    .toList()
                    .forEach(reply -> replies.add(reply.join()));
        }
        return replies;
    }

    private PartnerPurchase story(Partner partner, UUID userId, UUID merchant) {
        return given.partnerPurchase(partner, userId, merchant, "100.00");
    }

    private static List<List<Integer>> permutations(int length) {
        List<List<Integer>> all = List.of(List.of());
        for (int next = 0; next < length; next++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> shorter : all) {
                for (int place = 0; place <= shorter.size(); place++) {
                    List<Integer> order = new ArrayList<>(shorter);
                    order.add(place, next);
                    longer.add(order);
                }
            }
            all = longer;
        }
        return all;
    }
}
