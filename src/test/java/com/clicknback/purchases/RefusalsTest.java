package com.clicknback.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {
    private static final UUID ID = UUID.randomUUID();

    @ParameterizedTest(name = "{0} of a {1} purchase")
    @CsvSource({
        "CONFIRM, CONFIRMED, confirmed",
        "CONFIRM, REJECTED,  rejected",
        "CONFIRM, REVERSED,  reversed",
        "REJECT,  CONFIRMED, confirmed",
        "REJECT,  REJECTED,  rejected",
        "REJECT,  REVERSED,  reversed"
    })
    void namesTheStatusOfAPurchaseThatIsNotPending(Decision decision, PurchaseStatus current, String status) {
        DomainException refusal = Refusals.of(decision, ID, current);
        assertThat(refusal.code()).isEqualTo(ErrorCode.PURCHASE_NOT_PENDING);
        assertThat(refusal).hasMessageContaining(status);
        assertThat(refusal.details())
                .isEqualTo(Map.of(
                        "violations",
                        List.of(Map.of(
                                "purchase_id",
                                ID.toString(),
                                "current_status",
                                status,
                                "required_status",
                                "pending"))));
    }

    @ParameterizedTest(name = "reversal of a {0} purchase: {1}")
    @CsvSource({"REVERSED, PURCHASE_ALREADY_REVERSED, reversed", "REJECTED, PURCHASE_NOT_REVERSIBLE, rejected"})
    void tellsAReversedPurchaseFromARejectedOne(PurchaseStatus current, ErrorCode code, String status) {
        DomainException refusal = Refusals.of(Decision.REVERSE, ID, current);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.code().status()).isEqualTo(400);
        assertThat(refusal.details())
                .isEqualTo(Map.of(
                        "violations",
                        List.of(Map.of(
                                "purchase_id",
                                ID.toString(),
                                "current_status",
                                status,
                                "reversible_from_statuses",
                                List.of("pending", "confirmed")))));
    }
}
