package com.clicknback.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clicknback.money.Money;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.Violation;
import com.sun.management.ThreadMXBean;
import io.vertx.core.buffer.Buffer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cost of bodies, and what a strange one is told. */
class BodyLimitsTest {
    private static final int MIB = 1024 * 1024;
    private static final String ROOM = " ".repeat(10);

    record Token(@NotNull String token) {}

    record Order(
            @NotNull @Valid Tea data,
            @NotNull @Size(max = 3) List<String> names) {
        record Tea(@NotNull String kind, @Nullable String sugar) {}
    }

    record Batch(@NotNull @Size(min = 1, max = 3) List<ListItem<Order.Tea>> teas) {}

    private static <R extends Record> List<Violation> violations(Class<R> type, Buffer body) {
        DomainException refusal = catchThrowableOfType(DomainException.class, () -> Decoder.read(body, type));
        @SuppressWarnings("unchecked")
        List<Violation> violations = (List<Violation>) refusal.details().get("violations");
        return violations;
    }

    private static <R extends Record> List<String> wrong(Class<R> type, String body) {
        return violations(type, Buffer.buffer(body)).stream()
                .map(Violation::field)
                .toList();
    }

    private static void refusesWhole(String body) {
        assertThat(wrong(Token.class, body)).containsExactly("body");
    }

    private static String with(String member) {
        return "{\"token\":\"x\",\"x\":" + member + ROOM + "}";
    }

    @Test
    void structuresHaveLimitedDepth() {
        assertThat(Decoder.read(Buffer.buffer(with("[".repeat(60) + "]".repeat(60))), Token.class))
                .isEqualTo(new Token("x"));
        refusesWhole(with("[".repeat(64) + "]".repeat(64)));
        refusesWhole(with("{\"a\":".repeat(64) + "1" + "}".repeat(64)));
    }

    @Test
    void namesHaveLimitedLength() {
        assertThat(Decoder.read(Buffer.buffer(with("{\"" + "n".repeat(200) + "\":1}")), Token.class))
                .isEqualTo(new Token("x"));
        refusesWhole(with("{\"" + "n".repeat(400) + "\":1}"));
        refusesWhole(with("{\"" + "é".repeat(400) + "\":1}"));
        refusesWhole(with("{\"" + "\\u00e9".repeat(400) + "\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1%s", "1.%s", "0.0%s", "1%s.5", "-1%s"})
    void numbersHaveLimitedLength(String form) {
        assertThat(Decoder.read(Buffer.buffer(with(form.formatted("1".repeat(900)))), Token.class))
                .isEqualTo(new Token("x"));
        refusesWhole(with(form.formatted("1".repeat(1_100))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "\"\"", "{\"a\":1}", "[[]]", "null"})
    void bodiesHaveLimitedTokens(String element) {
        refusesWhole(with("[" + (element + ",").repeat(100_000) + element + "]"));
    }

    @Test
    void membersHaveLimitedNumber() {
        StringBuilder members = new StringBuilder("{");
        for (int i = 0; i < 60_000; i++) {
            members.append("\"m").append(i).append("\":1,");
        }
        refusesWhole(with(members.append("\"z\":1}").toString()));
    }

    @Test
    void unknownMembersAreSkippedAtNoCost() {
        Buffer large =
                Buffer.buffer(with("[" + "\"%s\",".formatted("x".repeat(1_000)).repeat(1_000) + "{}]"));
        Buffer many = Buffer.buffer(with("[" + "{},".repeat(45_000) + "{}]"));
        Buffer tooMany = Buffer.buffer(with("[" + "{},".repeat(340_000) + "{}]"));
        assertThat(allocatedBy(() -> Decoder.read(large, Token.class))).isLessThan(2 * large.length());
        assertThat(allocatedBy(() -> Decoder.read(many, Token.class))).isLessThan(MIB / 2);
        assertThat(allocatedBy(() -> violations(Token.class, tooMany))).isLessThan(2 * MIB);
    }

    private static int allocatedBy(Runnable decoding) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // The first run loads classes and fills caches.
        decoding.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        decoding.run();
        return Math.toIntExact(threads.getCurrentThreadAllocatedBytes() - before);
    }

    @Test
    void aListBeyondItsSizeIsToldOnceAndNotRead() {
        String names = "5,".repeat(30_000) + "5";
        assertThat(wrong(Order.class, "{\"data\":{\"kind\":\"a\"},\"names\":[\"a\",\"b\",\"c\",%s]}".formatted(names)))
                .containsExactly("names");
        assertThat(wrong(Batch.class, "{\"teas\":[" + "{},".repeat(30_000) + "{}]}"))
                .containsExactly("teas");
    }

    @Test
    void aMemberThatComesAgainIsToldOnce() {
        String body = "{" + "\"token\":5,".repeat(1_000) + "\"token\":5}";
        assertThat(wrong(Token.class, body)).containsExactly("token");
        assertThat(Decoder.read(Buffer.buffer("{\"token\":5,\"token\":null,\"token\":\"x\"}"), Token.class))
                .isEqualTo(new Token("x"));
        assertThat(wrong(Token.class, "{\"token\":\"x\",\"token\":5}")).containsExactly("token");
        String objects = "{\"data\":{\"kind\":5,\"sugar\":6},\"data\":{\"kind\":\"a\"},\"names\":[]}";
        assertThat(Decoder.read(Buffer.buffer(objects), Order.class).data()).isEqualTo(new Order.Tea("a", null));
    }

    /** The last one counts, so that checks of the others would be work for nothing, as much as a body has room for. */
    @Test
    void aListThatComesAgainIsCheckedOnce() {
        Buffer body = Buffer.buffer("{" + "\"teas\":[{},{},{}],".repeat(9_000) + "\"teas\":[{},{\"kind\":\"a\"}]}");

        assertThat(Decoder.read(body, Batch.class).teas())
                .extracting(tea -> tea.refusal() == null)
                .containsExactly(false, true);
        assertThat(allocatedBy(() -> Decoder.read(body, Batch.class))).isLessThan(32 * MIB);
    }

    record Price(@NotNull Money amount) {}

    record Rate(@NotNull @FractionDigits(4) BigDecimal value) {}

    /** Taking the zeros off one by one would cost a division of the whole number for each. */
    @Test
    void numbersWithManyZerosCostNoMoreThanTheirReading() {
        String number = "1." + "0".repeat(900);
        Buffer prices = Buffer.buffer("{" + "\"amount\":%s,".formatted(number).repeat(1_000) + "\"amount\":7.00}");
        Buffer rate = Buffer.buffer("{\"value\":%s}".formatted(number));

        assertThat(Decoder.read(prices, Price.class)).isEqualTo(new Price(Money.ofMinor(700)));
        assertThat(allocatedBy(() -> Decoder.read(prices, Price.class))).isLessThan(64 * MIB);
        assertThat(allocatedBy(() -> Decoder.read(rate, Rate.class))).isLessThan(MIB / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "\"\\u0000\"", "\"{}\"", "\"null\"", "5", "true", "[]", "[{}]"})
    void onlyAnObjectIsAnObject(String value) {
        assertThat(violations(Order.class, Buffer.buffer("{\"data\":" + value + ",\"names\":[]}")))
                .containsExactly(new Violation("data", "must be an object"));
        assertThat(violations(Order.class, Buffer.buffer("{\"names\":[],\"data\":" + value + "}")))
                .containsExactly(new Violation("data", "must be an object"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\" \"", "\"\\u0000\"", "\"[]\"", "5", "true", "{}"})
    void onlyAnArrayIsAnArray(String value) {
        assertThat(violations(Order.class, Buffer.buffer("{\"data\":{\"kind\":\"a\"},\"names\":" + value + "}")))
                .containsExactly(new Violation("names", "must be an array"));
    }

    @Test
    void aWrongItemRefusesOnlyItself() {
        String body = "{\"teas\":[{\"kind\":\"a\"},{\"sugar\":5},{\"kind\":\"b\",\"sugar\":5}]}";
        List<ListItem<Order.Tea>> teas =
                Decoder.read(Buffer.buffer(body), Batch.class).teas();

        assertThat(teas)
                .extracting(ListItem::value)
                .containsExactly(new Order.Tea("a", null), new Order.Tea(null, null), new Order.Tea("b", null));
        assertThat(teas.get(0).refusal()).isNull();
        assertThat(teas.get(1).refusal().details().get("violations").toString()).contains("kind", "sugar");
        assertThat(teas.get(2).refusal().details().get("violations").toString()).contains("sugar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "\" \"", "[]", "[{\"kind\":\"a\"}]"})
    void anItemThatIsNoObjectRefusesOnlyItself(String item) {
        List<ListItem<Order.Tea>> teas = Decoder.read(
                        Buffer.buffer("{\"teas\":[" + item + ",{\"kind\":\"a\"}]}"), Batch.class)
                .teas();
        assertThat(teas.get(0).value()).isNull();
        assertThat(teas.get(0).refusal()).hasMessage("The request is not valid.");
        assertThat(teas.get(1).value()).isEqualTo(new Order.Tea("a", null));
        assertThat(teas.get(1).refusal()).isNull();
    }

    @Test
    void brokenSyntaxIsToldAloneWhereverItStands() {
        assertThat(wrong(Order.class, "{\"data\":5,\"names\":{}")).containsExactly("body");
        assertThat(wrong(Order.class, "{\"data\":5,\"names\":{},}")).containsExactly("body");
        assertThat(wrong(Batch.class, "{\"teas\":[{\"kind\":5},}")).containsExactly("body");
        assertThat(violations(Token.class, Buffer.buffer("[1,")))
                .containsExactly(new Violation("body", "must be well-formed JSON"));
        assertThat(violations(Token.class, Buffer.buffer("[1]")))
                .containsExactly(new Violation("body", "must be a JSON object"));
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        assertThat(Decoder.read(Buffer.buffer("\ufeff{\"token\":\"x\"}"), Token.class))
                .isEqualTo(new Token("x"));
        refusesWhole("\ufeff");
        refusesWhole(" \ufeff{\"token\":\"x\"}");
    }

    @Test
    void aDraftTellsAMemberBeforeTheBodyIsChecked() {
        assertThat(text("{\"a\":{\"token\":\"no\"},\"token\":\"yes\"}")).isEqualTo("yes");
        assertThat(text("{\"token\":\"no\",\"token\":\"yes\",\"b\":[]}")).isEqualTo("yes");
        assertThat(text("{\"token\":\"no\",\"token\":{}}")).isNull();
        assertThat(text("{\"token\":5}")).isNull();
        assertThat(text("{\"token\":\"\\u0000\"}")).isNull();
        assertThat(text("{}")).isNull();
        assertThatThrownBy(() -> text("{\"token\":\"yes\"")).isInstanceOf(DomainException.class);
        assertThatThrownBy(() -> text("[]")).isInstanceOf(DomainException.class);
    }

    @Test
    void aDraftIsCheckedLikeABody() {
        assertThat(Decoder.draft(Buffer.buffer("{\"token\":\"x\"}"), Token.class)
                        .checked())
                .isEqualTo(new Token("x"));
        assertThatThrownBy(() -> Decoder.draft(Buffer.buffer("{\"token\":5}"), Token.class)
                        .checked())
                .isInstanceOf(DomainException.class);
    }

    private static @Nullable String text(String body) {
        return Decoder.draft(Buffer.buffer(body), Token.class).unchecked().token();
    }
}
