package com.clicknback.platform.batch;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.batch.FairQueue.Group;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An item is its sender's name and a number, so that a batch tells who is in it and in which order. */
class FairQueueTest {
    private static final int BATCH_MAX = 10;
    private static final int ITEMS_MAX = 60;

    private final FairQueue<Item, String> queue = new FairQueue<>(ITEMS_MAX);
    private final Map<String, Integer> sent = new HashMap<>();
    private boolean late;

    private record Item(String sender, int number) {}

    /** Null when there was no room. */
    private Future<List<String>> offer(String sender, int count) {
        int first = sent.merge(sender, count, Integer::sum) - count;
        Promise<List<String>> answer = Promise.promise();
        List<Item> items = IntStream.range(first, first + count)
                .mapToObj(n -> new Item(sender, n))
                .toList();
        boolean taken = queue.offer(sender, new Group<>(items, answer, 0));
        queue.tellRefused();
        return taken ? answer.future() : null;
    }

    private List<FairQueue<Item, String>.Slice> take() {
        var batch = queue.take(BATCH_MAX, group -> late && group.isOverdue(2, 1));
        queue.tellRefused();
        return batch;
    }

    private static List<Item> items(List<FairQueue<Item, String>.Slice> batch) {
        return batch.stream().flatMap(slice -> slice.items().stream()).toList();
    }

    private static Map<String, Long> counts(List<FairQueue<Item, String>.Slice> batch) {
        return items(batch).stream().collect(Collectors.groupingBy(Item::sender, Collectors.counting()));
    }

    private static void settle(List<FairQueue<Item, String>.Slice> batch) {
        batch.forEach(
                slice -> slice.settle(slice.items().stream().map(Item::toString).toList(), 0));
    }

    private static boolean isOverloaded(Future<?> answer) {
        return answer.failed()
                && answer.cause() instanceof DomainException refusal
                && refusal.code() == ErrorCode.OVERLOADED;
    }

    @Test
    void aBatchTakesFromAllLinesAlikeAsFarAsTheyReach() {
        offer("flood", 40);
        offer("one", 1);
        offer("three", 3);
        offer("many", 9);

        assertThat(counts(take())).isEqualTo(Map.of("flood", 3L, "one", 1L, "three", 3L, "many", 3L));
    }

    @Test
    void aLoneSenderHasTheWholeBatchAndItsOrder() {
        offer("alone", 4);
        offer("alone", 4);
        offer("alone", 4);

        assertThat(items(take())).extracting(Item::number).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void theRestOfAGroupInFlightWaitsAndOthersGoOn() {
        Future<List<String>> answer = offer("flood", 25);
        var first = take();
        offer("flood", 1);
        offer("other", 2);

        assertThat(queue.ready()).isEqualTo(2);
        assertThat(counts(take())).isEqualTo(Map.of("other", 2L));
        assertThat(take()).isEmpty();

        settle(first);
        assertThat(queue.ready()).isEqualTo(16);
        settle(take());
        var last = take();
        assertThat(counts(last)).isEqualTo(Map.of("flood", 6L));
        settle(last);
        assertThat(answer.result()).hasSize(25).startsWith("Item[sender=flood, number=0]");
        assertThat(queue.waiting()).isZero();
        assertThat(queue.ready()).isZero();
    }

    @Test
    void oneSenderMayFillTheQueueWhileNobodyElseNeedsIt() {
        offer("flood", ITEMS_MAX);

        assertThat(offer("flood", 1)).isNull();
        assertThat(queue.waiting()).isEqualTo(ITEMS_MAX);
    }

    @Test
    void aFullQueueMakesRoomByTheNewestOfTheLongestLine() {
        Future<List<String>> oldest = offer("flood", 20);
        Future<List<String>> older = offer("flood", 15);
        Future<List<String>> newest = offer("flood", 15);
        Future<List<String>> bystander = offer("bystander", 10);

        Future<List<String>> welcome = offer("newcomer", 10);

        assertThat(isOverloaded(newest)).isTrue();
        assertThat(List.of(oldest, older, bystander, welcome)).noneMatch(Future::isComplete);
        assertThat(queue.waiting()).isEqualTo(55);
    }

    @Test
    void nobodyMakesRoomForASenderThatWouldHaveAsMuch() {
        List<Future<List<String>>> taken = List.of(offer("flood", 30), offer("other", 30));

        assertThat(offer("newcomer", 30)).isNull();
        assertThat(offer("other", 1)).isNull();
        assertThat(taken).noneMatch(Future::isComplete);
    }

    @Test
    void whatHasBegunIsNeverRefused() {
        Future<List<String>> begun = offer("flood", ITEMS_MAX);
        take();
        offer("other", 10);

        assertThat(offer("newcomer", 1)).isNotNull();
        assertThat(offer("newcomer", 10)).isNull();
        assertThat(begun.isComplete()).isFalse();
    }

    @Test
    void aSenderWhoseLineMadeRoomAltogetherComesBack() {
        Future<List<String>> refused = offer("large", 50);
        offer("medium", 10);
        assertThat(offer("small", 5)).isNotNull();
        assertThat(isOverloaded(refused)).isTrue();

        assertThat(offer("large", 5)).isNotNull();
        assertThat(counts(take()).keySet()).containsExactlyInAnyOrder("large", "medium", "small");
    }

    @Test
    void anOverdueGroupIsRefusedWhenItsTurnComes() {
        Future<List<String>> waited = offer("one", 2);
        late = true;

        assertThat(take()).isEmpty();
        assertThat(isOverloaded(waited)).isTrue();
        assertThat(queue.waiting()).isZero();
        late = false;
        offer("one", 1);
        assertThat(counts(take())).isEqualTo(Map.of("one", 1L));
    }

    /** With up to a batch of senders everyone is in each batch; with k batches of senders, in each k-th at least. */
    @Test
    void nobodyWaitsForLongerThanASenderOfEachPlaceOfABatch() {
        for (int senders : new int[] {1, 2, 7, 10, 11, 25, 30}) {
            FairQueueTest fresh = new FairQueueTest();
            for (int n = 0; n < senders; n++) {
                fresh.offer("sender " + n, 2);
            }
            Set<String> served = new TreeSet<>();
            int batches = (senders + BATCH_MAX - 1) / BATCH_MAX;
            for (int n = 0; n < batches; n++) {
                served.addAll(counts(fresh.take()).keySet());
            }
            assertThat(served).as("%s senders", senders).hasSize(senders);
        }
    }

    @Test
    void anOverdueGroupIsRefusedBehindOneThatGoesOn() {
        Future<List<String>> begun = offer("flood", 12);
        settle(take());
        Future<List<String>> behind = offer("flood", 3);

        late = true;
        List<FairQueue<Item, String>.Slice> rest = take();
        settle(rest);

        assertThat(items(rest)).extracting(Item::number).containsExactly(10, 11);
        assertThat(begun.succeeded()).isTrue();
        assertThat(isOverloaded(behind)).isTrue();
        assertThat(queue.waiting()).isZero();
    }

    /** Any order of events: nothing is lost, twice, out of its sender's order, or late. */
    @Test
    void holdsItsPromisesInAnyOrderOfEvents() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Future<List<String>>> answers = new ArrayList<>();
        List<List<FairQueue<Item, String>.Slice>> inFlight = new ArrayList<>();
        Map<String, Integer> last = new HashMap<>();
        Map<String, Integer> begun = new HashMap<>();
        for (int step = 0; step < 20_000; step++) {
            if (random.nextInt(3) > 0) {
                Future<List<String>> answer = offer("s" + random.nextInt(6), 1 + random.nextInt(30));
                if (answer != null) {
                    answers.add(answer);
                }
            } else if (inFlight.size() < 2) {
                int ready = queue.ready();
                var batch = take();
                assertThat(items(batch).size()).as("seed %s", seed).isEqualTo(Math.min(BATCH_MAX, ready));
                inFlight.add(batch);
                for (Item item : items(batch)) {
                    assertThat(item.number()).as("seed %s", seed).isGreaterThan(last.getOrDefault(item.sender(), -1));
                    last.put(item.sender(), item.number());
                    begun.merge(item.sender(), 1, Integer::sum);
                }
            } else {
                settle(inFlight.remove(random.nextInt(2)));
            }
            assertThat(queue.waiting()).as("seed %s", seed).isBetween(queue.ready(), ITEMS_MAX);
        }
        while (queue.waiting() > 0 || !inFlight.isEmpty()) {
            inFlight.forEach(FairQueueTest::settle);
            inFlight.clear();
            var batch = take();
            items(batch).forEach(item -> begun.merge(item.sender(), 1, Integer::sum));
            if (!batch.isEmpty()) {
                inFlight.add(batch);
            }
        }
        assertThat(answers).as("seed %s", seed).allMatch(answer -> answer.succeeded() || isOverloaded(answer));
        int answered = answers.stream()
                .filter(Future::succeeded)
                .mapToInt(answer -> answer.result().size())
                .sum();
        assertThat(answered)
                .as("seed %s", seed)
                .isEqualTo(begun.values().stream().mapToInt(n -> n).sum());
    }
}
