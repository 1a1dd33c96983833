package com.clicknback.explanations;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditedChange;
import com.clicknback.explanations.StateChange.Kind;
import com.clicknback.ledger.Account;
import com.clicknback.ledger.JournalEntry;
import com.clicknback.ledger.TransferKind;
import com.clicknback.money.Money;
import com.clicknback.purchases.CashbackStatus;
import com.clicknback.purchases.Purchase;
import com.clicknback.purchases.PurchaseSource;
import com.clicknback.purchases.PurchaseStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateHistoryTest {
    private static final UUID OWNER = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID ADMIN = UUID.fromString("00000000-0000-4000-8000-000000000002");
    private static final UUID PARTNER = UUID.fromString("00000000-0000-4000-8000-000000000003");
    private static final Instant CREATED = Instant.parse("2026-04-22T10:00:00Z");
    private static final Instant LATER = Instant.parse("2026-04-22T10:01:00Z");
    private static final Instant LAST = Instant.parse("2026-04-29T09:30:00Z");
    private static final StateChange SUBMITTED =
            new StateChange(null, PurchaseStatus.PENDING, CREATED, Kind.USER, OWNER, null);

    private static Purchase purchase(PurchaseStatus status, String source) {
        String reason = status == PurchaseStatus.REJECTED ? "Cancelled." : null;
        return new Purchase(
                UUID.randomUUID(),
                "e1",
                OWNER,
                UUID.randomUUID(),
                "Shop",
                null,
                null,
                PurchaseSource.ofWireName(source),
                Money.ofMinor(10_000),
                "EUR",
                status,
                Money.ofMinor(500),
                CashbackStatus.PENDING,
                null,
                reason,
                CREATED,
                CREATED,
                LAST);
    }

    private static AuditedChange audited(AuditAction action, Instant at, Actor actor, @Nullable String reason) {
        return new AuditedChange(at, actor, action, reason == null ? Map.of() : Map.of("reason", reason));
    }

    private static JournalEntry posted(TransferKind kind, Account from, Account to, Instant at) {
        return new JournalEntry(UUID.randomUUID(), kind, from, to, Money.ofMinor(500), null, at);
    }

    private static final JournalEntry CREDIT =
            posted(TransferKind.CASHBACK_CREDIT, Account.OUTSIDE, Account.PENDING, CREATED);

    @Test
    void beginsWithWhoSentThePurchase() {
        assertThat(StateHistory.of(purchase(PurchaseStatus.PENDING, "user"), true, List.of(), List.of(CREDIT)))
                .containsExactly(SUBMITTED);
        assertThat(StateHistory.of(
                        purchase(PurchaseStatus.PENDING, PARTNER.toString()), false, List.of(), List.of(CREDIT)))
                .containsExactly(new StateChange(null, PurchaseStatus.PENDING, CREATED, Kind.PARTNER, PARTNER, null));
    }

    @Test
    void tellsWhatTheAuditLogHas() {
        List<AuditedChange> log = List.of(
                audited(AuditAction.PURCHASE_CONFIRMED, LATER, Actor.system("verification:1"), null),
                audited(AuditAction.PURCHASE_REVERSED, LAST, Actor.admin(ADMIN, "r"), "Goods returned."));

        assertThat(StateHistory.of(purchase(PurchaseStatus.REVERSED, "user"), true, log, List.of(CREDIT)))
                .containsExactly(
                        SUBMITTED,
                        new StateChange(
                                PurchaseStatus.PENDING, PurchaseStatus.CONFIRMED, LATER, Kind.SYSTEM, null, null),
                        new StateChange(
                                PurchaseStatus.CONFIRMED,
                                PurchaseStatus.REVERSED,
                                LAST,
                                Kind.ADMIN,
                                ADMIN,
                                "Goods returned."));
    }

    @Test
    void tellsWhichPartnerActed() {
        Actor actor = Actor.partner(PARTNER, "request-1");

        assertThat(StateHistory.of(
                        purchase(PurchaseStatus.REJECTED, PARTNER.toString()),
                        false,
                        List.of(audited(AuditAction.PURCHASE_REJECTED, LATER, actor, "Never paid.")),
                        List.of(CREDIT)))
                .last()
                .isEqualTo(new StateChange(
                        PurchaseStatus.PENDING, PurchaseStatus.REJECTED, LATER, Kind.PARTNER, PARTNER, "Never paid."));
    }

    @Test
    void keepsTheOrderOfStatesWhenTheClockStepsBack() {
        List<AuditedChange> log = List.of(
                audited(AuditAction.PURCHASE_REVERSED, CREATED, Actor.admin(ADMIN, "r"), null),
                audited(AuditAction.PURCHASE_CONFIRMED, LATER, Actor.system("verification:1"), null));

        assertThat(StateHistory.of(purchase(PurchaseStatus.REVERSED, "user"), true, log, List.of(CREDIT)))
                .extracting(StateChange::to)
                .containsExactly(PurchaseStatus.PENDING, PurchaseStatus.CONFIRMED, PurchaseStatus.REVERSED);
    }

    @Test
    void infersFromTheJournalWhatTheAuditLogLacks() {
        List<JournalEntry> journal = List.of(
                CREDIT,
                posted(TransferKind.CASHBACK_CONFIRMED, Account.PENDING, Account.AVAILABLE, LATER),
                posted(TransferKind.CASHBACK_REVERSED, Account.AVAILABLE, Account.OUTSIDE, LAST));

        assertThat(StateHistory.of(purchase(PurchaseStatus.REVERSED, "user"), true, List.of(), journal))
                .containsExactly(
                        SUBMITTED,
                        new StateChange(PurchaseStatus.PENDING, PurchaseStatus.CONFIRMED, LATER, null, null, null),
                        new StateChange(PurchaseStatus.CONFIRMED, PurchaseStatus.REVERSED, LAST, null, null, null));
    }

    @ParameterizedTest
    @EnumSource(names = "PENDING", mode = EnumSource.Mode.EXCLUDE)
    void infersTheStateFromThePurchaseWhereNoMoneyMoved(PurchaseStatus status) {
        String reason = status == PurchaseStatus.REJECTED ? "Cancelled." : null;

        assertThat(StateHistory.of(purchase(status, "user"), true, List.of(), List.of()))
                .containsExactly(SUBMITTED, new StateChange(PurchaseStatus.PENDING, status, LAST, null, null, reason));
    }
}
