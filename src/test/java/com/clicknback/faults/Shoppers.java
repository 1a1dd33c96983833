package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shoppers at work, each by one thread: a purchase, the administrator's decision about it, a payout of its cashback, and
 * what becomes of that. A step is repeated until it is answered 2xx, and what was acknowledged is remembered in order.
 */
final class Shoppers implements AutoCloseable {
    private static final long PAUSE_MS = 20;
    private static final long RESEND_MS = 100;
    private static final Duration FINISH_MAX = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long TEN_EUROS_MINOR = 1_000;

    private static final String CREDITED = """
            SELECT count(*) FROM purchases p JOIN cashback_credits c ON c.purchase_id = p.id WHERE p.user_id = ?
            """;

    /** The events of one user in the order in which followers read them, each as its type and its subject's id. */
    private static final String EVENTS = """
            SELECT e.type || ' ' || coalesce(item ->> 'purchase_id', item ->> 'payout_id') AS event
            FROM event_log e
            CROSS JOIN LATERAL jsonb_path_query(event_payload(e), 'strict $.**{0 to 2} ? (exists (@.user_id))') item
            WHERE item ->> 'user_id' = ?
            ORDER BY e.transaction_id, e.serial
            """;

    private static final String WALLET = """
            SELECT pending_minor, available_minor, reserved_minor, paid_minor FROM wallets WHERE user_id = ?
            """;

    private final Trial trial;
    private final Supplier<ApiClient> target;
    private final List<Thread> workers = new ArrayList<>();
    private final CountDownLatch finishing = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private volatile boolean bereft;

    /** The acknowledged steps of each shopper, in the words of the event log. */
    private final Map<UUID, List<String>> deeds = new ConcurrentHashMap<>();

    /**
     * Sets them to work.
     *
     * @param target the service that the next attempt goes to
     */
    Shoppers(Trial trial, Supplier<ApiClient> target, long seed) {
        this.trial = trial;
        this.target = target;
        for (UUID shopper : trial.shopperIds()) {
            deeds.put(shopper, new CopyOnWriteArrayList<>());
            Thread worker = new Thread(
                    () -> work(shopper, new Random(seed ^ shopper.getMostSignificantBits())), "shopper-" + shopper);
            worker.setDaemon(true);
            worker.start();
            workers.add(worker);
        }
    }

    /** From now on a step may find that an earlier one, though acknowledged, is lost: the shopper begins anew. */
    Shoppers bereft() {
        bereft = true;
        return this;
    }

    private void work(UUID shopper, Random random) {
        try {
            do {
                try {
                    buyAndTakeOut(shopper, random);
                } catch (NothingToGoOnFrom e) {
                    assertThat(bereft).as(e.getMessage()).isTrue();
                }
            } while (!finishing.await(PAUSE_MS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (GivenUp e) {
            // The test is over.
        } catch (RuntimeException | AssertionError e) {
            faults.add(e.toString());
        }
    }

    private void buyAndTakeOut(UUID shopper, Random random) throws InterruptedException {
        JsonObject purchase = JsonObject.of(
                "external_id", Scenario.unique("own"),
                "user_id", shopper.toString(),
                "merchant_id", trial.tenPercentMerchantId().toString(),
                "amount", "100.00",
                "currency", "EUR");
        String id = bought(insist(() -> as(shopper).post("/purchases", purchase), Set.of(201, 409)));
        note(shopper, "purchases.ingested", id);
        switch (random.nextInt(4)) {
            case 0 -> {
                decide("/purchases/" + id, "/rejection", JsonObject.of("reason", "returned"), "rejected");
                note(shopper, "purchases.rejected", id);
            }
            case 1, 2 -> {
                decide("/purchases/" + id, "/confirmation", null, "confirmed");
                note(shopper, "purchases.confirmed", id);
                takeOut(shopper, random);
            }
            default -> {
                // Stays pending.
            }
        }
    }

    /** The id of a purchase, also from the refusal of its repeat. */
    private static String bought(JsonObject answer) {
        JsonObject error = answer.getJsonObject("error");
        return error == null
                ? answer.getString("id")
                : error.getJsonObject("details").getString("purchase_id");
    }

    private void takeOut(UUID shopper, Random random) throws InterruptedException {
        String key = Scenario.unique("key");
        JsonObject payout = PayoutScenario.body("10.00");
        String id = insist(
                        () -> as(shopper).with("Idempotency-Key", key).post("/users/me/payouts", payout), Set.of(201))
                .getString("id");
        note(shopper, "payouts.requested", id);
        switch (random.nextInt(3)) {
            case 0 -> {
                settle(id, JsonObject.of("status", "completed"));
                note(shopper, "payouts.completed", id);
            }
            case 1 -> {
                settle(id, JsonObject.of("status", "failed", "failure_reason", "The account is closed."));
                note(shopper, "payouts.failed", id);
            }
            default -> {
                // Stays requested.
            }
        }
    }

    /** A repeat of a decision is refused, and then the first attempt must have made it. */
    private void decide(String purchase, String decision, @Nullable JsonObject body, String status)
            throws InterruptedException {
        JsonObject decided = insist(() -> asAdmin().send("POST", purchase + decision, body), Set.of(200, 400));
        if (decided.containsKey("error")) {
            decided = insist(() -> asAdmin().get(purchase), Set.of(200));
        }
        assertThat(decided.getString("status")).isEqualTo(status);
    }

    private void settle(String payout, JsonObject change) throws InterruptedException {
        JsonObject settled = insist(() -> asAdmin().patch("/payouts/" + payout + "/status", change), Set.of(200, 409));
        if (settled.containsKey("error")) {
            settled = insist(() -> asAdmin().get("/payouts/" + payout), Set.of(200));
        }
        assertThat(settled.getString("status")).isEqualTo(change.getString("status"));
    }

    private ApiClient as(UUID user) {
        return target.get().withToken(trial.accessToken(user));
    }

    private ApiClient asAdmin() {
        return as(trial.adminId());
    }

    private void note(UUID shopper, String type, String id) {
        deeds.get(shopper).add(type + " " + id);
    }

    /** Sends until the answer has one of these statuses; 503 and a lost connection are no answers. */
    private JsonObject insist(Supplier<Reply> step, Set<Integer> statuses) throws InterruptedException {
        do {
            try {
                Reply reply = step.get();
                if (statuses.contains(reply.status())) {
                    return reply.json();
                }
                if (reply.status() == 404 || isRefusal(reply, "INSUFFICIENT_BALANCE")) {
                    throw new NothingToGoOnFrom(reply.toString());
                }
                if (reply.status() != 503) {
                    throw new AssertionError("a step was answered " + reply);
                }
            } catch (UncheckedIOException e) {
                faults.add("no answer: " + e.getCause());
            }
        } while (!closed.await(RESEND_MS, TimeUnit.MILLISECONDS));
        throw new GivenUp();
    }

    private static boolean isRefusal(Reply reply, String code) {
        return reply.status() == 409
                && code.equals(reply.json().getJsonObject("error").getString("code"));
    }

    private static final class NothingToGoOnFrom extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NothingToGoOnFrom(String answer) {
            super(answer);
        }
    }

    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Returns once so many more steps are acknowledged. */
    void awaitMore(int count) {
        int enough = steps() + count;
        Waiting.until(count + " more steps are acknowledged", FINISH_MAX, POLL, () -> {
            assertThat(faults).isEmpty();
            return steps() >= enough;
        });
    }

    /** Begins nothing new, and returns once everything begun is done. */
    void finish() {
        finishing.countDown();
        Waiting.until("every shopper is done", FINISH_MAX, POLL, () -> {
            assertThat(faults).isEmpty();
            return workers.stream().noneMatch(Thread::isAlive);
        });
        assertThat(faults).isEmpty();
    }

    /** The steps acknowledged so far. */
    Set<String> acknowledged() {
        return deeds.values().stream().flatMap(List::stream).collect(Collectors.toSet());
    }

    /** The acknowledged steps that the event log does not tell of; the others stand there once and in their order. */
    Set<String> lost() {
        Set<String> lost = new HashSet<>();
        deeds.forEach((shopper, steps) -> {
            List<String> acknowledged = List.copyOf(steps);
            List<String> told = told(shopper);
            List<String> kept = acknowledged.stream().filter(told::contains).toList();
            assertThat(told).as("events of %s", shopper).startsWith(kept.toArray(String[]::new));
            lost.addAll(acknowledged);
            kept.forEach(lost::remove);
        });
        return lost;
    }

    private List<String> told(UUID shopper) {
        return trial.sql().<String>column(EVENTS, shopper.toString()).stream()
                .filter(event -> !event.startsWith("cashback.credited"))
                .toList();
    }

    /**
     * Each acknowledged step is there once, was credited once, and stands in the event log in order and without gaps.
     *
     * @param lost the steps that are not there at all
     */
    void requireExactly(Set<String> lost) {
        deeds.forEach((shopper, steps) -> {
            List<String> kept =
                    steps.stream().filter(step -> !lost.contains(step)).toList();
            List<String> purchases = ids(kept, "purchases.ingested");
            Waiting.until("purchases are credited", () -> trial.sql().count(CREDITED, shopper) == purchases.size());
            assertThat(told(shopper)).as("events of %s", shopper).isEqualTo(kept);
            assertThat(trial.sql().rows(WALLET, shopper).get(0).values())
                    .as("wallet of %s", shopper)
                    .containsExactlyElementsOf(expectedWallet(kept));
        });
        trial.requireToldInOrder();
    }

    private static List<String> ids(List<String> events, String type) {
        return events.stream()
                .filter(event -> event.startsWith(type + " "))
                .map(event -> event.substring(type.length() + 1))
                .toList();
    }

    /** Pending, available, reserved and paid: each purchase gives ten euros, and each payout takes ten. */
    private static List<@Nullable Object> expectedWallet(List<String> acknowledged) {
        long bought = count(acknowledged, "purchases.ingested");
        long confirmed = count(acknowledged, "purchases.confirmed");
        long rejected = count(acknowledged, "purchases.rejected");
        long requested = count(acknowledged, "payouts.requested");
        long completed = count(acknowledged, "payouts.completed");
        long failed = count(acknowledged, "payouts.failed");
        return List.of(
                TEN_EUROS_MINOR * (bought - confirmed - rejected),
                TEN_EUROS_MINOR * (confirmed - requested + failed),
                TEN_EUROS_MINOR * (requested - completed - failed),
                TEN_EUROS_MINOR * completed);
    }

    private static long count(List<String> acknowledged, String type) {
        return ids(acknowledged, type).size();
    }

    /** The number of steps that were acknowledged. */
    int steps() {
        return deeds.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public void close() {
        finishing.countDown();
        closed.countDown();
    }
}
