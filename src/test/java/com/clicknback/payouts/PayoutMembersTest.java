package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clicknback.payouts.PayoutRoutes.PayoutMembers;
import com.clicknback.payouts.PayoutRoutes.StatusMembers;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.errors.Violation;
import com.clicknback.platform.json.Decoder;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayoutMembersTest {
    private static final String IBAN = "DE89370400440532013000";

    private static Buffer json(String singleQuoted) {
        return Buffer.buffer(singleQuoted.replace('\'', '"'));
    }

    private static String violations(Class<? extends Record> type, String body) {
        DomainException refusal = catchThrowableOfType(DomainException.class, () -> Decoder.read(json(body), type));
        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
        return ((List<?>) refusal.details().get("violations"))
                .stream().map(v -> ((Violation) v).field()).collect(Collectors.joining(" "));
    }

    @Test
    void readsWhereThePayoutGoesInItsNormalForm() {
        PayoutMembers members = Decoder.read(
                json("{'amount':'25.00','method':'bank_transfer',"
                        + "'details':{'iban':'de89 3704 0044 0532 0130 00','account_holder':'  Zoë Example '}}"),
                PayoutMembers.class);
        assertThat(members.amount()).hasToString("25.00");
        assertThat(members.details().toDestination()).isEqualTo(new Destination(IBAN, "Zoë Example"));
        assertThat(members.toString()).doesNotContain("3704", "Zoë");
    }

    @Test
    void refusesAnIbanWhoseCheckDigitsAreWrong() {
        assertThat(violations(
                        PayoutMembers.class,
                        "{'amount':10,'method':'bank_transfer',"
                                + "'details':{'iban':'DE89370400440532013001','account_holder':'E'}}"))
                .isEqualTo("details.iban");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'status':'processing'} | processing",
                "{'status':'completed','external_reference':'sepa-1'} | completed",
                "{'status':'completed','external_reference':null,'failure_reason':null} | completed",
                "{'status':'failed','failure_reason':'The account is closed.'} | failed"
            })
    void readsStatusChanges(String body, String status) {
        assertThat(Decoder.read(json(body), StatusMembers.class).status().name())
                .isEqualToIgnoringCase(status);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'status':'failed'} | failure_reason",
                "{'status':'failed','failure_reason':null} | failure_reason",
                "{'status':'completed','failure_reason':'x'} | failure_reason",
                "{'status':'processing','failure_reason':'x','external_reference':''} | external_reference failure_reason"
            })
    void requiresAReasonOfAFailureAndOfNothingElse(String body, String fields) {
        assertThat(violations(StatusMembers.class, body)).isEqualTo(fields);
    }
}
