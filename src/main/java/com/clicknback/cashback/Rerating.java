package com.clicknback.cashback;

import static java.util.Objects.requireNonNull;

import com.clicknback.cashback.CapGroup.Shift;
import com.clicknback.events.CashbackEvents;
import com.clicknback.ledger.Account;
import com.clicknback.ledger.Transfer;
import com.clicknback.ledger.TransferKind;
import com.clicknback.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The amounts of purchases worked out anew, step by step, before any of it is written. Each step changes one purchase.
 * What it changes of the amounts of other purchases of the same cap belongs to that step.
 */
public final class Rerating {
    private final Map<CapKey, CapGroup> capped = new HashMap<>();
    private final CapGroup uncapped = CapGroup.uncut();
    private final List<Transfer> transfers = new ArrayList<>();
    private final List<Amounts> amounts = new ArrayList<>();
    private final List<Reallotted> reallotted = new ArrayList<>();
    private final Map<UUID, Money> rerated = new LinkedHashMap<>();
    private final List<CashbackEvents.Change> changes = new ArrayList<>();
    private final Map<CapKey, CapUse> uses = new LinkedHashMap<>();
    private final Map<CapKey, RatedPurchase> latestRaised = new HashMap<>();

    /**
     * A change of a purchase.
     *
     * @param before as it is stored, or as an earlier step left it
     * @param after as it becomes; its amount is worked out
     * @param kind of the transfer that moves the difference
     * @param causeId the refund or correction that changes it, or the reinstatement that a change of state follows
     */
    public record Step(
            RatedPurchase before,
            RatedPurchase after,
            TransferKind kind,
            @Nullable UUID causeId) {

        boolean isOfAmount() {
            return !before.entitled().equals(after.entitled());
        }

        boolean isCapped() {
            return after.isCapped();
        }

        /** True for a rejection that finds the purchase reversed. */
        boolean isRejectionOfEnded() {
            return kind == TransferKind.CASHBACK_REJECTED && before.balance() == null;
        }

        /** By how much it raises the entitlement; zero when it lowers it. */
        Money rise() {
            return Money.max(after.entitled().minus(before.entitled()), Money.ZERO);
        }
    }

    /** The cashback of the purchase of a step, before and after it. */
    public record Amounts(Money before, Money after) {}

    /**
     * A change of the amount of a purchase that another one of its cap caused.
     *
     * @param causeId the purchase that gave allowance back or took it
     */
    record Reallotted(RatedPurchase purchase, Money before, Money after, UUID causeId) {}

    /**
     * @param neighbours the credited purchases of those caps in which a step may change what another purchase gets, from
     *     the first purchase of a step on
     * @param caps the states of those caps before
     */
    Rerating(Map<CapKey, List<RatedPurchase>> neighbours, Map<CapKey, CapState> caps) {
        neighbours.forEach((key, purchases) -> capped.put(
                key,
                CapGroup.sharing(
                        purchases, caps.getOrDefault(key, CapState.UNUSED).used())));
    }

    private CapGroup group(RatedPurchase purchase) {
        return purchase.isCapped() ? capped.computeIfAbsent(purchase.capKey(), key -> CapGroup.uncut()) : uncapped;
    }

    /** The amounts of the purchases of the steps so far, in the order of the steps. */
    public List<Amounts> amounts() {
        return amounts;
    }

    List<Transfer> transfers() {
        return transfers;
    }

    List<Reallotted> reallotted() {
        return reallotted;
    }

    /** The present amounts of purchases that were credited with another amount. */
    Map<UUID, Money> rerated() {
        return rerated;
    }

    /** The changes of amounts, in order. */
    List<CashbackEvents.Change> changes() {
        return changes;
    }

    List<CapUse> uses() {
        return List.copyOf(uses.values());
    }

    /** True when less of a cap is handed out than before. */
    boolean hasGivenBack(CapKey key) {
        CapUse use = uses.get(key);
        return use != null && use.amount().compareTo(Money.ZERO) < 0;
    }

    /** The last purchase of a cap, in the order of ingestion, whose amount rose at a step. */
    @Nullable
    RatedPurchase latestRaised(CapKey key) {
        return latestRaised.get(key);
    }

    /** Takes the next step of a credited purchase. */
    void take(Step step) {
        CapGroup group = group(step.after());
        RatedPurchase before = group.present(step.before());
        RatedPurchase after = step.after().withCredited(before.credited());
        List<Shift> shifts = step.isOfAmount() ? group.put(after) : group.keep(after);
        Money amount = group.present(after).credited();
        amounts.add(new Amounts(before.credited(), amount));
        post(step, before, after, amount);
        if (after.balance() != null && !amount.equals(before.credited())) {
            change(after, before.credited(), amount, after.id());
        } else if (after.balance() != null && before.balance() == null) {
            // Its end left the stored amount as it was, and it comes back to nothing.
            rerated.put(after.id(), amount);
        } else if (step.isRejectionOfEnded()) {
            // Its reversal left the stored amount as it was, which the rejection must not bring to light again.
            rerated.put(after.id(), Money.ZERO);
        }
        use(after, after.entitled().minus(before.entitled()), amount.minus(before.credited()));
        shifts.forEach(shift -> reallot(shift, after.id()));
    }

    /** Credits a purchase, in its place among those that are credited; returns its credit. */
    Credit credit(RatedPurchase purchase) {
        CapGroup group = group(purchase);
        List<Shift> shifts = group.put(purchase);
        Money amount = group.present(purchase).credited();
        Credit credit = Credit.of(purchase, amount, group.usedBefore(purchase));
        use(purchase, purchase.entitled(), amount);
        shifts.forEach(shift -> reallot(shift, purchase.id()));
        return credit;
    }

    private void reallot(Shift shift, UUID causeId) {
        RatedPurchase purchase = shift.purchase();
        Account balance = requireNonNull(purchase.balance());
        transfers.add(difference(
                purchase, TransferKind.CASHBACK_REALLOTTED, causeId, balance, shift.before(), shift.after()));
        reallotted.add(new Reallotted(purchase, shift.before(), shift.after(), causeId));
        change(purchase, shift.before(), shift.after(), causeId);
        use(purchase, Money.ZERO, shift.after().minus(shift.before()));
    }

    private void change(RatedPurchase purchase, Money before, Money after, UUID causeId) {
        rerated.put(purchase.id(), after);
        changes.add(
                new CashbackEvents.Change(purchase.id(), purchase.userId(), before.minor(), after.minor(), causeId));
    }

    /**
     * A change of state moves what the purchase holds; a change of the amount moves the difference. What comes back from an
     * end gets what it is entitled to now.
     */
    private void post(Step step, RatedPurchase before, RatedPurchase after, Money amount) {
        Account from = before.balance();
        Account to = after.balance();
        if (from == null) {
            if (!amount.isZero()) {
                transfers.add(ofState(step, Account.OUTSIDE, requireNonNull(to), amount));
            }
        } else if (to == null || to != from) {
            if (!before.credited().isZero()) {
                transfers.add(ofState(step, from, to == null ? Account.OUTSIDE : to, before.credited()));
            }
        } else if (!amount.equals(before.credited())) {
            transfers.add(
                    difference(after, step.kind(), requireNonNull(step.causeId()), to, before.credited(), amount));
        }
    }

    private static Transfer ofState(Step step, Account source, Account destination, Money amount) {
        RatedPurchase purchase = step.after();
        return Transfer.ofChange(
                step.causeId(), purchase.id(), purchase.userId(), step.kind(), source, destination, amount);
    }

    private static Transfer difference(
            RatedPurchase purchase, TransferKind kind, UUID causeId, Account balance, Money before, Money after) {
        boolean rises = after.compareTo(before) > 0;
        // A refund raises cashback where a lower amount stands no more.
        boolean raisedByRefund = rises && kind == TransferKind.CASHBACK_REFUNDED;
        return Transfer.ofChange(
                causeId,
                purchase.id(),
                purchase.userId(),
                raisedByRefund ? TransferKind.CASHBACK_CORRECTED : kind,
                rises ? Account.OUTSIDE : balance,
                rises ? balance : Account.OUTSIDE,
                rises ? after.minus(before) : before.minus(after));
    }

    private void use(RatedPurchase purchase, Money entitled, Money amount) {
        if (purchase.isCapped()) {
            Money limit = requireNonNull(purchase.terms().monthlyCap());
            uses.merge(
                    purchase.capKey(),
                    CapUse.of(purchase.capKey(), amount, entitled.minus(amount), limit),
                    CapUse::plus);
            if (amount.compareTo(Money.ZERO) > 0) {
                latestRaised.merge(purchase.capKey(), purchase, BinaryOperator.maxBy(RatedPurchase.BY_INGESTION));
            }
        }
    }
}
