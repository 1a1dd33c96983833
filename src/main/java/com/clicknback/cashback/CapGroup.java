package com.clicknback.cashback;

import static java.util.Objects.requireNonNull;

import com.clicknback.money.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The live purchases that share one cap while their amounts are worked out, in the order of ingestion. */
final class CapGroup {
    private final NavigableMap<RatedPurchase, RatedPurchase> members = new TreeMap<>(RatedPurchase.BY_INGESTION);
    private final @Nullable Money usedByEarlier;

    private CapGroup(@Nullable Money usedByEarlier) {
        this.usedByEarlier = usedByEarlier;
    }

    /**
     * The credited purchases of a cap from a place in the order on. Nothing changes before it.
     *
     * @param used the part of the cap that all its purchases have
     */
    static CapGroup sharing(Collection<RatedPurchase> credited, Money used) {
        CapGroup group = new CapGroup(used.minus(sum(credited)));
        credited.forEach(purchase -> group.members.put(purchase, purchase));
        return group;
    }

    /** Purchases that get what they are entitled to: there is no cap, or it cuts none. */
    static CapGroup uncut() {
        return new CapGroup(null);
    }

    /** A change of the amount of a purchase. */
    record Shift(RatedPurchase purchase, Money before, Money after) {}

    /** The purchase as it is now; the given one when it is new here. */
    RatedPurchase present(RatedPurchase purchase) {
        return members.getOrDefault(purchase, purchase);
    }

    /** Puts a purchase as it has become; returns what that changes of other purchases, in their order. */
    List<Shift> put(RatedPurchase changed) {
        members.put(changed, changed);
        if (usedByEarlier == null) {
            replace(changed, changed.entitled());
            return List.of();
        }
        List<Shift> shifts = new ArrayList<>();
        List<RatedPurchase> inOrder = List.copyOf(members.values());
        List<Money> amounts = CapAllocation.allocate(inOrder, usedByEarlier);
        for (int i = 0; i < amounts.size(); i++) {
            RatedPurchase member = inOrder.get(i);
            if (!member.credited().equals(amounts.get(i))) {
                replace(member, amounts.get(i));
                if (!member.id().equals(changed.id())) {
                    shifts.add(new Shift(member, member.credited(), amounts.get(i)));
                }
            }
        }
        return shifts;
    }

    /** Puts a purchase whose change leaves all amounts as they are. */
    List<Shift> keep(RatedPurchase changed) {
        members.put(changed, changed);
        return List.of();
    }

    private void replace(RatedPurchase member, Money amount) {
        members.put(member, member.withCredited(amount));
    }

    /** The part of the cap that the purchases before one have. */
    Money usedBefore(RatedPurchase purchase) {
        return requireNonNull(usedByEarlier)
                .plus(sum(members.headMap(purchase, false).values()));
    }

    private static Money sum(Collection<RatedPurchase> purchases) {
        return purchases.stream().map(RatedPurchase::credited).reduce(Money.ZERO, Money::plus);
    }
}
