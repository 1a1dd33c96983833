package com.clicknback.events;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.EventType;
import com.clicknback.testing.Workbench;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The log as somebody reads it with SQL: the function {@code event_payload} shows each form as JSON. */
class EventPayloadTest {
    private static final UUID FIRST = UUID.randomUUID();
    private static final UUID SECOND = UUID.randomUUID();
    private static final UUID USER = UUID.randomUUID();
    private static final UUID CAUSE = UUID.randomUUID();

    private static Workbench bench;

    @BeforeAll
    static void openBench() {
        bench = Workbench.open();
    }

    @AfterAll
    static void closeBench() {
        bench.close();
    }

    @Test
    void showsPurchasesAndTheirOwners() {
        JsonObject shown = shown(
                PurchaseEvents.INGESTED,
                new PurchaseEvents.Purchases(
                        List.of(new PurchaseEvents.Entry(FIRST, USER), new PurchaseEvents.Entry(SECOND, USER))));

        assertThat(shown).isEqualTo(JsonObject.of("purchases", JsonArray.of(entry(FIRST), entry(SECOND))));
    }

    @Test
    void showsACauseWhereThereIsOne() {
        JsonObject shown = shown(
                PurchaseEvents.REFUNDED,
                new PurchaseEvents.Purchases(
                        List.of(new PurchaseEvents.Entry(FIRST, USER, CAUSE), new PurchaseEvents.Entry(SECOND, USER))));

        assertThat(shown)
                .isEqualTo(JsonObject.of(
                        "purchases", JsonArray.of(entry(FIRST).put("cause_id", CAUSE.toString()), entry(SECOND))));
    }

    @Test
    void showsAmounts() {
        List<CashbackEvents.Entry> entries = List.of(
                new CashbackEvents.Entry(FIRST, USER, Long.MAX_VALUE), new CashbackEvents.Entry(SECOND, USER, -1));
        JsonArray expected = JsonArray.of(
                entry(FIRST).put("amount_minor", Long.MAX_VALUE), entry(SECOND).put("amount_minor", -1));

        assertThat(shown(CashbackEvents.CREDITED, new CashbackEvents.Credited(entries)))
                .isEqualTo(JsonObject.of("credits", expected));
        assertThat(shown(CashbackEvents.RELEASED, new CashbackEvents.Released(entries)))
                .isEqualTo(JsonObject.of("releases", expected));
    }

    @Test
    void showsWhatIsJsonAlready() {
        assertThat(shown(PayoutEvents.FAILED, new PayoutEvents.Moved(FIRST, USER, 5)))
                .isEqualTo(JsonObject.of("payout_id", FIRST.toString(), "user_id", USER.toString(), "amount_minor", 5));
    }

    @Test
    void refusesABodyThatItCannotRead() {
        for (String body : List.of("", "01", "0100000001", "6300000000")) {
            assertThat(bench.sql.refusal(
                            "SELECT event_payload(ROW (1, 1, 'purchases.ingested', NULL, now(), decode(?, 'hex'))::event_log)",
                            body))
                    .as(body)
                    .isEqualTo("P0001");
        }
    }

    @Test
    void anEventHasOneForm() {
        for (String values : List.of("NULL, NULL", "'{}', decode('0100000000', 'hex')")) {
            assertThat(bench.sql.refusal("INSERT INTO event_log (type, occurred_at, payload, body)"
                            + " VALUES ('purchases.ingested', now(), " + values + ")"))
                    .as(values)
                    .isEqualTo("23514");
        }
    }

    /** The event as SQL shows it once it is in the log; what is read back is what was written. */
    private static <E extends Record> JsonObject shown(EventType<E> type, E event) {
        await(bench.database.inTransaction(tx -> bench.events.append(tx, type, event)));
        assertThat(await(EventLog.latest(bench.database, 1)).get(0).as(type)).isEqualTo(event);
        return new JsonObject(bench.sql.<String>value(
                "SELECT event_payload(e)::text FROM event_log e ORDER BY transaction_id DESC, serial DESC LIMIT 1"));
    }

    private static JsonObject entry(UUID purchaseId) {
        return JsonObject.of("purchase_id", purchaseId.toString(), "user_id", USER.toString());
    }
}
