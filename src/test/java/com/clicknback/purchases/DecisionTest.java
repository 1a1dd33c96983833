package com.clicknback.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.AuditAction;
import com.clicknback.ledger.Account;
import com.clicknback.ledger.TransferKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {
    @ParameterizedTest(name = "{0} of a {1} purchase: {2}")
    @CsvSource({
        "CONFIRM, PENDING,   true",
        "CONFIRM, CONFIRMED, false",
        "CONFIRM, REJECTED,  false",
        "CONFIRM, REVERSED,  false",
        "REJECT,  PENDING,   true",
        "REJECT,  CONFIRMED, false",
        "REJECT,  REJECTED,  false",
        "REJECT,  REVERSED,  false",
        "REVERSE, PENDING,   true",
        "REVERSE, CONFIRMED, true",
        "REVERSE, REJECTED,  false",
        "REVERSE, REVERSED,  false"
    })
    void isAllowedFromTheStatesOfTheContractOnly(Decision decision, PurchaseStatus from, boolean allowed) {
        assertThat(decision.isAllowedFrom(from)).isEqualTo(allowed);
    }

    @ParameterizedTest(name = "{0} of a {1} purchase moves its cashback from {2} to {3} as {4}")
    @CsvSource({
        "CONFIRM, PENDING,   PENDING,   AVAILABLE, CASHBACK_CONFIRMED, CONFIRMED, PURCHASE_CONFIRMED",
        "REJECT,  PENDING,   PENDING,   OUTSIDE,   CASHBACK_REJECTED,  REJECTED,  PURCHASE_REJECTED",
        "REVERSE, PENDING,   PENDING,   OUTSIDE,   CASHBACK_REVERSED,  REVERSED,  PURCHASE_REVERSED",
        "REVERSE, CONFIRMED, AVAILABLE, OUTSIDE,   CASHBACK_REVERSED,  REVERSED,  PURCHASE_REVERSED"
    })
    void movesTheCashbackAsTheContractSays(
            Decision decision,
            PurchaseStatus from,
            Account debit,
            Account credit,
            TransferKind kind,
            PurchaseStatus to,
            AuditAction action) {
        assertThat(PurchaseState.balance(from, false)).isEqualTo(debit);
        assertThat(PurchaseState.balance(decision.to(), false)).isEqualTo(credit == Account.OUTSIDE ? null : credit);
        assertThat(decision.transferKind()).isEqualTo(kind);
        assertThat(decision.to()).isEqualTo(to);
        assertThat(decision.auditAction()).isEqualTo(action);
    }

    @Test
    void eachIsLoggedAsAnEventOfItsOwn() {
        assertThat(Decision.values())
                .extracting(decision -> decision.event().name())
                .containsExactly("purchases.confirmed", "purchases.rejected", "purchases.reversed");
    }
}
