package com.clicknback.cashback;

import static java.util.Objects.requireNonNull;

import com.clicknback.ledger.Account;
import com.clicknback.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The live purchases that share one cap while their amounts are worked out, in the order of ingestion. Thousands may come
 * at once, so each looks at those only whose amounts it may change.
 */
final class CapGroup {
    /** The mark of neighbours that are summed up: greater than any cap can be, so that it cuts nothing. */
    private static final Money CAP_OF_RUN = Money.MAX.plus(Money.ofMinor(1));

    private final NavigableMap<RatedPurchase, Member> members = new TreeMap<>(RatedPurchase.BY_INGESTION);
    private final @Nullable Money usedByEarlier;

    /** The sum of the members. */
    private Money credited = Money.ZERO;

    /** The highest cap that applies to a member; beyond it nobody gets anything. */
    private Money capMax = Money.ZERO;

    /** True while every member has the share that those before it leave. */
    private boolean allotted;

    /** A place up to which the amounts are summed up; new purchases mostly come in their order. */
    private @Nullable RatedPurchase summedUpTo;

    /** The sum of the members before that place. */
    private Money summed = Money.ZERO;

    private long looks;

    /** A purchase with its entitlement, which takes some arithmetic. */
    private record Member(RatedPurchase purchase, Money entitled) {
        Money credited() {
            return purchase.credited();
        }

        Member with(Money amount) {
            return new Member(purchase.withCredited(amount), entitled);
        }
    }

    private CapGroup(@Nullable Money usedByEarlier) {
        this.usedByEarlier = usedByEarlier;
    }

    /**
     * The credited purchases of a cap from a place in the order on. Nothing changes before it.
     *
     * @param used the part of the cap that all its purchases have
     */
    static CapGroup sharing(Collection<RatedPurchase> credited, Money used) {
        Money ofMembers = credited.stream().map(RatedPurchase::credited).reduce(Money.ZERO, Money::plus);
        CapGroup group = new CapGroup(used.minus(ofMembers));
        credited.forEach(group::enter);
        return group;
    }

    /** Neighbours that keep what they have, as one member at the place of the last of them. */
    static RatedPurchase run(CapKey key, UUID last, Instant ingestedAt, Money credited) {
        CashbackTerms constant = new CashbackTerms(key.offerId(), CashbackType.FIXED, 0, CAP_OF_RUN);
        return new RatedPurchase(
                last,
                key.userId(),
                ingestedAt,
                key.month(),
                constant,
                Money.ZERO,
                Money.ZERO,
                credited,
                Account.PENDING,
                credited);
    }

    private static boolean isRun(RatedPurchase member) {
        return CAP_OF_RUN.equals(member.terms().monthlyCap());
    }

    /** Purchases that get what they are entitled to: there is no cap, or it cuts none. */
    static CapGroup uncut() {
        return new CapGroup(null);
    }

    /** A change of the amount of a purchase. */
    record Shift(RatedPurchase purchase, Money before, Money after) {}

    /** The members looked at so far, each as often as it was: the work, told without a clock. */
    long looks() {
        return looks;
    }

    /** The purchase as it is now; the given one when it is new here. */
    RatedPurchase present(RatedPurchase purchase) {
        Member member = members.get(purchase);
        return member == null ? purchase : member.purchase;
    }

    /** Puts a purchase as it has become; returns what that changes of other purchases, in their order. */
    List<Shift> put(RatedPurchase changed) {
        Money before = enter(changed);
        if (usedByEarlier == null) {
            members.computeIfPresent(changed, (key, member) -> member.with(member.entitled));
            return List.of();
        }
        return allotted ? allotFrom(changed, before) : allotAll(changed);
    }

    /** Puts a purchase whose change leaves all amounts as they are. */
    List<Shift> keep(RatedPurchase changed) {
        enter(changed);
        allotted = false;
        return List.of();
    }

    private List<Shift> allotAll(RatedPurchase changed) {
        List<Shift> shifts = new ArrayList<>();
        List<RatedPurchase> inOrder =
                members.values().stream().map(Member::purchase).toList();
        List<Money> amounts = CapAllocation.allocate(inOrder, requireNonNull(usedByEarlier));
        looks += inOrder.size();
        int i = 0;
        for (Map.Entry<RatedPurchase, Member> entry : members.entrySet()) {
            set(entry, amounts.get(i++), changed, shifts);
        }
        allotted = true;
        summedUpTo = null;
        return shifts;
    }

    /** Ends where the same is left as before, or nothing was and is. */
    private List<Shift> allotFrom(RatedPurchase changed, Money creditedBefore) {
        List<Shift> shifts = new ArrayList<>();
        Money used = usedBefore(changed);
        Money usedUntilNow = used;
        // The sum has the changed one as it was put, not as it was before.
        Money allUntilNow = requireNonNull(usedByEarlier)
                .plus(credited)
                .minus(changed.credited())
                .plus(creditedBefore);
        for (Map.Entry<RatedPurchase, Member> entry :
                members.tailMap(changed, true).entrySet()) {
            looks++;
            boolean own = entry.getKey().id().equals(changed.id());
            usedUntilNow =
                    usedUntilNow.plus(own ? creditedBefore : entry.getValue().credited());
            Member member = entry.getValue();
            Money amount = CapAllocation.share(member.purchase, member.entitled, used);
            set(entry, amount, changed, shifts);
            used = used.plus(amount);
            boolean nothingLeft = used.compareTo(capMax) >= 0 && usedUntilNow.equals(allUntilNow);
            if (used.equals(usedUntilNow) || nothingLeft) {
                break;
            }
        }
        return shifts;
    }

    private void set(Map.Entry<RatedPurchase, Member> entry, Money amount, RatedPurchase changed, List<Shift> shifts) {
        Member member = entry.getValue();
        if (!member.credited().equals(amount)) {
            credited = credited.plus(amount.minus(member.credited()));
            entry.setValue(member.with(amount));
            if (!member.purchase.id().equals(changed.id())) {
                shifts.add(new Shift(member.purchase, member.credited(), amount));
            }
        }
    }

    /** Puts a purchase as it is given; returns what it had here before. */
    private Money enter(RatedPurchase purchase) {
        Member before = members.put(purchase, new Member(purchase, purchase.entitled()));
        Money had = before == null ? Money.ZERO : before.credited();
        credited = credited.plus(purchase.credited().minus(had));
        if (purchase.terms().monthlyCap() != null && !isRun(purchase)) {
            capMax = Money.max(capMax, purchase.terms().monthlyCap());
        }
        if (summedUpTo != null && RatedPurchase.BY_INGESTION.compare(purchase, summedUpTo) < 0) {
            summedUpTo = null;
        }
        return had;
    }

    /** The part of the cap that the purchases before one have. */
    Money usedBefore(RatedPurchase purchase) {
        RatedPurchase from = summedUpTo;
        boolean goesOn = from != null && RatedPurchase.BY_INGESTION.compare(from, purchase) <= 0;
        Collection<Member> between = goesOn
                ? members.subMap(requireNonNull(from), true, purchase, false).values()
                : members.headMap(purchase, false).values();
        Money sum = goesOn ? summed : Money.ZERO;
        for (Member member : between) {
            looks++;
            sum = sum.plus(member.credited());
        }
        summedUpTo = purchase;
        summed = sum;
        return requireNonNull(usedByEarlier).plus(sum);
    }
}
