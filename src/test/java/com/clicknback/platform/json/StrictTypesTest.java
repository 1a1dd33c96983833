package com.clicknback.platform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clicknback.money.Money;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.Violation;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The violation of a value of a wrong type, by type. */
class StrictTypesTest {
    enum Colour {
        RED,
        DARK_BLUE
    }

    record All(
            String text,
            UUID id,
            Boolean flag,
            Integer count,
            BigDecimal number,
            @OrDecimalString BigDecimal numberOrString,
            Money amount,
            LocalDate day,
            Instant moment,
            Colour colour,
            @Size(max = 5) List<UUID> ids) {}

    private static List<Violation> violations(Runnable read) {
        DomainException refusal = catchThrowableOfType(DomainException.class, read::run);
        @SuppressWarnings("unchecked")
        List<Violation> violations = (List<Violation>) refusal.details().get("violations");
        return violations;
    }

    private static List<Violation> ofBody(String member, String value) {
        Buffer body = Buffer.buffer("{\"" + member + "\":" + value + "}");
        return violations(() -> Decoder.read(body, All.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text | 5 | must be a string of Unicode characters without NUL",
                "id | 5 | must be a UUID",
                "flag | 5 | must be true or false",
                "flag | \"true\" | must be true or false",
                "count | \"5\" | must be a whole number in decimal digits",
                "number | \"5\" | must be a number",
                "number_or_string | true | must be a number or a string of decimal digits",
                "amount | 0 | must be an amount above 0 and up to 9999999999.99 with at most 2 fraction digits",
                "day | \"2026-02-29\" | must be an existing day in the form YYYY-MM-DD",
                "moment | \"2026-01-01\" | must be an RFC 3339 time with an offset",
                "colour | \"RED\" | must be one of red, dark_blue",
                "ids | {} | must be an array"
            })
    void saysWhatAValueMustBe(String member, String value, String reason) {
        assertThat(ofBody(member, value)).containsExactly(new Violation(member, reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text", "id", "flag", "count", "number", "number_or_string", "amount", "day", "moment", "colour"
            })
    void refusesStructuresAndNullWhereAValueBelongs(String member) {
        assertThat(ofBody(member, "{\"x\":[1]}")).hasSize(1);
        assertThat(ofBody(member, "[{\"x\":1}]")).hasSize(1);
        assertThat(ofBody(member, "null")).containsExactly(new Violation(member, "must not be null"));
    }

    @Test
    void namesTheElementOfAListThatIsWrong() {
        assertThat(ofBody("ids", "[\"c65bd2f3-0d0e-4a4e-a0d3-0d4ab50d4ab5\",5]"))
                .containsExactly(new Violation("ids.1", "must be a UUID"));
    }

    @Test
    void everyQueryParameterIsText() {
        MultiMap good = MultiMap.caseInsensitiveMultiMap()
                .add("text", "5")
                .add("flag", "true")
                .add("count", "5")
                .add("colour", "dark_blue");
        All read = Decoder.query(good, All.class);

        assertThat(read.text()).isEqualTo("5");
        assertThat(read.flag()).isTrue();
        assertThat(read.count()).isEqualTo(5);
        assertThat(read.colour()).isEqualTo(Colour.DARK_BLUE);
    }
}
