package com.clicknback.platform.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.money.Money;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.errors.Violation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusTest {
    record Ask(String question, int number) implements Request<Told> {}

    record Unheard() implements Request<Done> {}

    record Told(String answer) {}

    record Noticed(String what) implements Notice {}

    record Counted(@Nullable String what, int times) implements Notice {}

    record Everything(
            String text,
            UUID id,
            Money amount,
            BigDecimal rate,
            Instant at,
            LocalDate day,
            ErrorCode choice,
            List<Violation> list,
            Map<String, String> map,
            @Nullable String absent)
            implements Notice {}

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx);

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void carriesAQuestionToItsAnswererAndTheAnswerBack() {
        bus.answer(Ask.class, ask -> Future.succeededFuture(new Told(ask.question() + ask.number())));

        assertThat(bus.ask(new Ask("six times ", 7)).await()).isEqualTo(new Told("six times 7"));
    }

    @Test
    void passesMessagesByReferenceInsideTheProcess() {
        Told one = new Told("the very same");
        bus.answer(Ask.class, ask -> Future.succeededFuture(one));

        assertThat(bus.ask(new Ask("", 0)).await()).isSameAs(one);
    }

    @Test
    void carriesARefusalUnchanged() {
        DomainException refusal = new DomainException(
                ErrorCode.MERCHANT_NAME_TAKEN, "Taken.", DomainException.details("name", "Acme", "hint", null));
        bus.answer(Ask.class, ask -> Future.failedFuture(refusal));

        assertThatThrownBy(() -> bus.ask(new Ask("", 0)).await()).isInstanceOfSatisfying(DomainException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.MERCHANT_NAME_TAKEN);
            assertThat(e).hasMessage("Taken.");
            assertThat(e.details()).isEqualTo(refusal.details());
        });
    }

    @Test
    void carriesARefusalThatIsThrown() {
        bus.answer(Ask.class, ask -> {
            throw DomainException.notFound("offer", "42");
        });

        assertThatThrownBy(() -> bus.ask(new Ask("", 0)).await())
                .isInstanceOfSatisfying(
                        DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND));
    }

    @Test
    void isUnavailableWhenNobodyAnswers() {
        assertThatThrownBy(() -> bus.ask(new Unheard()).await())
                .isInstanceOfSatisfying(
                        DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }

    @Test
    void tellsADefectFromARefusalWithoutItsText() {
        bus.answer(Ask.class, ask -> Future.failedFuture(new IllegalStateException("secret")));

        assertThatThrownBy(() -> bus.ask(new Ask("", 0)).await())
                .isNotInstanceOf(DomainException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void answersOnTheContextThatAsks() {
        bus.answer(Ask.class, ask -> Future.succeededFuture(new Told("")));
        Promise<Boolean> same = Promise.promise();
        Context asker = vertx.getOrCreateContext();

        asker.runOnContext(
                v -> bus.ask(new Ask("", 0)).onComplete(answered -> same.complete(Vertx.currentContext() == asker)));

        assertThat(same.future().await()).isTrue();
    }

    /** A domain that has ended must not be asked through what it left behind. */
    @Test
    void isUnavailableOnceItsAnswererHasEnded() {
        VerticleBase domain = new VerticleBase() {
            @Override
            public Future<?> start() {
                bus.answer(Ask.class, ask -> Future.succeededFuture(new Told("still here")));
                return Future.succeededFuture();
            }
        };
        String deployed = vertx.deployVerticle(domain).await();
        assertThat(bus.ask(new Ask("", 0)).await()).isEqualTo(new Told("still here"));

        vertx.undeploy(deployed).await();

        assertThatThrownBy(() -> bus.ask(new Ask("", 0)).await())
                .isInstanceOfSatisfying(
                        DomainException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
    }

    @Test
    void publishesToEveryListener() throws Exception {
        Promise<String> first = Promise.promise();
        Promise<String> second = Promise.promise();
        bus.listen(Noticed.class, notice -> first.complete(notice.what()));
        bus.listen(Noticed.class, notice -> second.complete(notice.what()));

        bus.publish(new Noticed("news"));

        assertThat(first.future().await(10, TimeUnit.SECONDS)).isEqualTo("news");
        assertThat(second.future().await(10, TimeUnit.SECONDS)).isEqualTo("news");
    }

    @Test
    void noticesReachTheListenersOfAnotherNode() throws Exception {
        Vertx other = Vertx.vertx();
        try {
            Bus there = new Bus(other);
            Promise<Everything> arrived = Promise.promise();
            there.listen(Everything.class, arrived::complete);
            bus.connect(notice -> there.receive(Bus.write(List.of(notice))));
            Everything sent = new Everything(
                    "ünï 👍",
                    UUID.randomUUID(),
                    Money.ofMinor(-250),
                    new BigDecimal("2.5000"),
                    Instant.parse("2026-04-22T10:00:00.123456Z"),
                    LocalDate.parse("2026-04-22"),
                    ErrorCode.FORBIDDEN,
                    List.of(new Violation("amount", "must be positive")),
                    Map.of("a", "b"),
                    null);

            bus.publish(sent);

            assertThat(arrived.future().await(10, TimeUnit.SECONDS)).isEqualTo(sent);
        } finally {
            other.close().await();
        }
    }

    @Test
    void tellsOtherNodesAloneWhatIsForThemAlone() throws Exception {
        Promise<Notice> there = Promise.promise();
        Promise<String> here = Promise.promise();
        bus.connect(there::tryComplete);
        bus.listen(Noticed.class, notice -> here.tryComplete(notice.what()));

        bus.tellOtherNodes(new Noticed("for others"));
        bus.publish(new Noticed("for all"));

        assertThat(there.future().await(10, TimeUnit.SECONDS)).isEqualTo(new Noticed("for others"));
        assertThat(here.future().await(10, TimeUnit.SECONDS)).isEqualTo("for all");
    }

    /** Written as a node of an earlier and of a later version write them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'com.clicknback.platform.bus.BusTest$Counted', 'body': {}}",
                "{'type': 'com.clicknback.platform.bus.BusTest$Counted', 'body': {'what': null, 'of': {'a': [1]}}}",
                "{'type': 'com.clicknback.platform.bus.BusTest$Counted', 'body': {'times': 0}, 'sent': 7}"
            })
    void understandsNoticesOfOtherVersions(String written) throws Exception {
        Promise<Counted> arrived = Promise.promise();
        bus.listen(Counted.class, arrived::tryComplete);

        bus.receive(json("[" + written + "]"));

        assertThat(arrived.future().await(10, TimeUnit.SECONDS)).isEqualTo(new Counted(null, 0));
    }

    /** A type counts when somebody listens to it; none is looked up by the name that a peer sends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'com.clicknback.platform.bus.BusTest$Ask', 'body': {'question': 'who?', 'number': 1}}",
                "{'type': 'java.lang.ProcessBuilder', 'body': {}}",
                "{'type': 'com.clicknback.NoSuchNotice', 'body': {}}",
                "{'body': {}}",
                "{'type': 3}",
                "{'type': 'com.clicknback.platform.bus.BusTest$Noticed', 'body': {'what': {}}}",
                "7"
            })
    void skipsNoticesThatNobodyListensTo(String written) throws Exception {
        Promise<String> arrived = Promise.promise();
        bus.answer(Ask.class, ask -> {
            arrived.tryFail("asked by another node");
            return Future.succeededFuture(new Told(""));
        });
        bus.listen(Noticed.class, notice -> arrived.tryComplete(notice.what()));

        bus.receive(json("[" + written
                + ", {'type': 'com.clicknback.platform.bus.BusTest$Noticed', 'body': {'what': 'news'}}]"));

        assertThat(arrived.future().await(10, TimeUnit.SECONDS)).isEqualTo("news");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[", "{}", "null", "[{'type': 'com.clicknback.platform.bus.BusTest$Noticed'}]"})
    void bearsWhatIsNoListOfNotices(String written) throws Exception {
        Promise<String> arrived = Promise.promise();
        bus.listen(Noticed.class, notice -> arrived.tryComplete(notice.what()));

        bus.receive(json(written));
        bus.publish(new Noticed("news"));

        assertThat(arrived.future().await(10, TimeUnit.SECONDS)).isEqualTo("news");
    }

    private static byte[] json(String quotedSingly) {
        return quotedSingly.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
