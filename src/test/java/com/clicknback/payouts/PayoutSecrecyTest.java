package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** The destination of a payout is readable nowhere: not in the database, not in logs, not in answers. */
@ExtendWith(ServiceExtension.class)
class PayoutSecrecyTest {
    private static final String IBAN = "GB82WEST12345698765432";
    private static final String HOLDER = "Quirin Unlesbar";

    /** Texts that would give the IBAN or its holder away. */
    private static final List<String> SECRETS = List.of("12345698", "WEST1234", "Quirin", "Unlesbar");

    private final Sql sql;
    private final Scenario given;
    private final PayoutScenario payouts;

    PayoutSecrecyTest(Scenario given, Sql sql) {
        this.sql = sql;
        this.given = given;
        this.payouts = given.payouts();
    }

    /** Takes payouts through every outcome: granted, repeated, reused, refused, malformed, settled. */
    private List<Reply> everything() {
        Session user = payouts.userWith("100");
        JsonObject body = PayoutScenario.body("20", IBAN, HOLDER);
        List<Reply> replies = new ArrayList<>();
        replies.add(payouts.request(user, "secret", body).expect(201));
        replies.add(payouts.request(user, "secret", body).expect(201));
        replies.add(payouts.request(user, "secret", PayoutScenario.body("30", IBAN, HOLDER))
                .expect(422));
        replies.add(
                payouts.request(user, PayoutScenario.body("5", IBAN, HOLDER)).expect(422));
        replies.add(
                payouts.request(user, PayoutScenario.body("500", IBAN, HOLDER)).expect(409));
        replies.add(payouts.request(user, PayoutScenario.body("20", IBAN + "1", HOLDER))
                .expect(422));
        replies.add(payouts.request(user, PayoutScenario.body("20", IBAN, HOLDER.repeat(20)))
                .expect(422));
        replies.add(
                payouts.request(user, PayoutScenario.body("20", HOLDER, IBAN)).expect(422));
        String payout = replies.get(0).json().getString("id");
        replies.add(payouts.setStatus(payout, "processing").expect(200));
        replies.add(payouts.setStatus(payout, "failed").expect(200));
        replies.add(given.as(user).get("/payouts/" + payout));
        replies.add(given.as(user).get("/users/me/payouts"));
        replies.add(given.asAdmin().get("/payouts?user_id=" + user.userId()));
        replies.add(given.asAdmin().get("/audit-logs?resource_id=" + payout));
        return replies;
    }

    @Test
    void showsNoMoreThanFourDigits() {
        assertThat(everything())
                .allSatisfy(reply -> assertThat(reply.text()).doesNotContain(SECRETS))
                .filteredOn(reply -> reply.text().contains("iban_last4"))
                .allSatisfy(reply -> assertThat(reply.text()).contains("\"iban_last4\":\"5432\""));
    }

    @Test
    void logsNothingOfItEvenWhenEverythingIsLogged() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level usual = root.getLevel();
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        List<Appender<ILoggingEvent>> console = detachAll(root);
        root.addAppender(logged);
        root.setLevel(Level.TRACE);
        try {
            everything();
        } finally {
            root.setLevel(usual);
            root.detachAppender(logged);
            console.forEach(root::addAppender);
        }
        List<ILoggingEvent> events = List.copyOf(logged.list);
        assertThat(events)
                .anySatisfy(event -> assertThat(event.getFormattedMessage()).contains("/users/me/payouts"));
        assertThat(events)
                .filteredOn(event -> !event.getLoggerName().startsWith("jdk."))
                .allSatisfy(event -> assertThat(text(event)).doesNotContain(SECRETS));
    }

    private static String text(ILoggingEvent event) {
        String message = event.getFormattedMessage();
        return event.getThrowableProxy() == null
                ? message
                : message + ThrowableProxyUtil.asString(event.getThrowableProxy());
    }

    private static List<Appender<ILoggingEvent>> detachAll(Logger root) {
        List<Appender<ILoggingEvent>> attached = new ArrayList<>();
        for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
            attached.add(all.next());
        }
        attached.forEach(root::detachAppender);
        return attached;
    }

    @Test
    void storesNothingReadableInAnyTable() {
        everything();
        List<String> tables = sql.column("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'");
        assertThat(tables).contains("payouts", "payout_idempotency_keys", "audit_log", "event_log");
        // Proves that the search would find it.
        assertThat(rowsLike("payouts", "%5432%")).isPositive();
        for (String table : tables) {
            assertThat(rowsLike(table, patterns())).as(table).isZero();
        }
    }

    private long rowsLike(String table, String... patterns) {
        return sql.count("SELECT count(*) FROM " + table + " AS row WHERE row::text ILIKE ANY (?)", (Object) patterns);
    }

    /** The same text as it is and as bytes in hexadecimal digits. */
    private static String[] patterns() {
        return SECRETS.stream()
                .flatMap(secret -> Stream.of(secret, HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8))))
                .map(text -> "%" + text + "%")
                .toArray(String[]::new);
    }

    @Test
    void writesDownThatNothingIsLostEither() {
        Session user = payouts.userWith("20");
        String payout = payouts.request(user, PayoutScenario.body("20", IBAN, HOLDER))
                .expect(201)
                .json()
                .getString("id");
        assertThat(payouts.destination(payout, PayoutScenario.CIPHER)).isEqualTo(new Destination(IBAN, HOLDER));
    }
}
