package com.clicknback.purchases;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditTrail;
import com.clicknback.cashback.Crediting;
import com.clicknback.events.CashbackEvents;
import com.clicknback.events.PurchaseEvents;
import com.clicknback.events.PurchaseKey;
import com.clicknback.ingestion.Ingestion;
import com.clicknback.ingestion.Submission;
import com.clicknback.ingestion.Verdict;
import com.clicknback.ledger.Ledger;
import com.clicknback.money.Money;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.EventType;
import com.clicknback.platform.events.Follower;
import com.clicknback.platform.events.LoggedEvent;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The events of purchases that two processes ingest, credit and decide about at once, as a follower reads them. */
class EventOrderTest {
    private static final int ROUNDS = 60;
    private static final int BATCH = 25;
    private static final Actor ACTOR = Actor.system("test");

    private final TestService first = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock());
    private final TestService second = first.another(Map.of());
    private final Scenario given = new Scenario(first);
    private final Reader reader = new Reader(first);

    @AfterEach
    void close() {
        second.close();
        first.close();
    }

    @Test
    void areInTheOrderInWhichTheyHappened() {
        await(first.app().extend(() -> reader));
        List<UUID> users = given.users(16);
        UUID merchant = given.merchant();

        await(Future.all(Stream.of(first, second, first, second)
                .map(service -> buyAndDecide(service, users, merchant, ROUNDS))
                .toList()));
        first.awaitCredits();
        await(first.app().followers().caughtUp(Reader.NAME));

        List<List<String>> right = List.of(
                List.of("purchases.ingested", "cashback.credited", "purchases.confirmed"),
                List.of("purchases.ingested", "cashback.credited", "purchases.rejected"));
        assertThat(reader.typesByPurchase).hasSize(4 * ROUNDS * BATCH);
        assertThat(reader.typesByPurchase.values())
                .allSatisfy(types -> assertThat(types).isIn(right));
        first.requireCleanLedger();
    }

    /** Decides about each batch while crediting is at it. */
    private Future<Void> buyAndDecide(TestService service, List<UUID> users, UUID merchant, int rounds) {
        if (rounds == 0) {
            return Future.succeededFuture();
        }
        List<Submission> batch = IntStream.range(0, BATCH)
                .mapToObj(n -> submission(users.get((n * 7 + rounds) % users.size()), merchant))
                .toList();
        Decision decision = rounds % 2 == 0 ? Decision.CONFIRM : Decision.REJECT;
        return service.app()
                .bus()
                .ask(new Ingestion.Submit(null, batch))
                .compose(stored -> decisions(service).decide(decision, reasons(stored, decision), ACTOR))
                .compose(decided -> buyAndDecide(service, users, merchant, rounds - 1));
    }

    private static Submission submission(UUID user, UUID merchant) {
        PurchaseKey key = new PurchaseKey(null, UUID.randomUUID().toString());
        return new Submission(key, user, merchant, Money.ofMinor(1_000), "EUR", null, null);
    }

    private static Map<UUID, String> reasons(Ingestion.Verdicts stored, Decision decision) {
        Map<UUID, String> reasons = new LinkedHashMap<>();
        stored.verdicts()
                .forEach(verdict -> reasons.put(
                        ((Verdict.Accepted) verdict).id(), decision == Decision.REJECT ? "returned" : null));
        return reasons;
    }

    private static Decisions decisions(TestService service) {
        TimeOrderedIds ids = new TimeOrderedIds(service.clock());
        AuditTrail audit = new AuditTrail(ids, service.clock());
        EventLog events = new EventLog(service.app().bus(), service.clock());
        Ledger ledger = new Ledger(ids, service.clock());
        Crediting crediting = new Crediting(ledger, audit, events, service.clock());
        return new Decisions(
                service.app().database(),
                new EarlyCredits(crediting, audit, events),
                new Changes(crediting.reratings(), audit, events, service.clock()),
                events,
                new Metrics());
    }

    /** A follower that remembers the types of each purchase's events in the order of reading. */
    private static final class Reader extends VerticleBase {
        static final String NAME = "event-order";

        final Map<UUID, List<String>> typesByPurchase = new LinkedHashMap<>();
        private final TestService service;
        private Follower follower;

        Reader(TestService service) {
            this.service = service;
        }

        @Override
        public Future<?> start() {
            follower = service.app()
                    .followers()
                    .follow(vertx, new Follower.Settings(NAME, 50, 250, 5_000), Reader.this::read);
            return follower.start(service.app().bus());
        }

        @Override
        public Future<?> stop() {
            return follower.close();
        }

        private Future<Runnable> read(SqlConnection tx, List<LoggedEvent> events) {
            return Future.succeededFuture(() -> events.forEach(event -> purchases(event)
                    .forEach(id -> typesByPurchase
                            .computeIfAbsent(id, first -> new ArrayList<>())
                            .add(event.type()))));
        }

        private static Stream<UUID> purchases(LoggedEvent event) {
            if (event.is(CashbackEvents.CREDITED)) {
                return event.as(CashbackEvents.CREDITED).credits().stream().map(CashbackEvents.Entry::purchaseId);
            }
            EventType<PurchaseEvents.Purchases> type = Stream.of(
                            PurchaseEvents.INGESTED, PurchaseEvents.CONFIRMED, PurchaseEvents.REJECTED)
                    .filter(event::is)
                    .findFirst()
                    .orElseThrow();
            return event.as(type).purchases().stream().map(PurchaseEvents.Entry::purchaseId);
        }
    }
}
