package com.clicknback.model;

import com.clicknback.model.ModelEvent.Identity;
import com.clicknback.model.ModelEvent.Kind;
import com.clicknback.model.ModelPurchase.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A partner's events about one purchase: those that wait, for the purchase or for their turn, those applied, and those
 * refused, which other events may bring back.
 */
final class PartnerRecord {
    private final ModelCashback cashback;
    private final Supplier<Instant> now;
    private final Map<Identity, ModelEvent> waiting = new LinkedHashMap<>();
    private final Map<Identity, ModelEvent> applied = new LinkedHashMap<>();
    private final Map<Identity, ModelEvent> refused = new LinkedHashMap<>();

    /** The decision of the partner's that changed the purchase. */
    private @Nullable Kind decision;

    PartnerRecord(ModelCashback cashback, Supplier<Instant> now) {
        this.cashback = cashback;
        this.now = now;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    List<ModelEvent> waiting() {
        return new ArrayList<>(waiting.values());
    }

    /** The events reported before, to be repeated. */
    List<ModelEvent> known() {
        List<ModelEvent> known = waiting();
        known.addAll(applied.values());
        return known;
    }

    /**
     * @param purchase null until it has arrived
     */
    ExpectedAnswer tell(ModelEvent event, @Nullable ModelPurchase purchase) {
        if (purchase != null) {
            cashback.credit(purchase);
        }
        Identity identity = event.identity();
        ModelEvent before = waiting.getOrDefault(identity, applied.get(identity));
        String differing = before == null ? "" : differing(before, event);
        if (!differing.isEmpty()) {
            return ExpectedAnswer.refused(409, "EXTERNAL_ID_REUSED", differing);
        }
        boolean earlier = before != null && event.occurredAt().isBefore(before.occurredAt());
        boolean fresh = before == null || waiting.containsKey(identity) && earlier;
        if (fresh) {
            ModelEvent again = refused.remove(identity);
            boolean stands =
                    again != null && isDecision(event) && again.occurredAt().isBefore(event.occurredAt());
            waiting.put(identity, stands ? again : event);
        } else if (earlier && isDecision(event)) {
            applied.put(identity, event);
        }
        if (purchase == null) {
            return ExpectedAnswer.of(202, "parked");
        }
        ExpectedAnswer refusal = apply(purchase, fresh ? identity : null).get(identity);
        return refusal == null
                ? ExpectedAnswer.of(
                        200,
                        "applied",
                        purchase.name().toString(),
                        purchase.status.wireName(),
                        purchase.cashbackAmount())
                : refusal;
    }

    private static String differing(ModelEvent before, ModelEvent event) {
        List<String> fields = new ArrayList<>();
        if (before.amountMinor() != event.amountMinor()) {
            fields.add("amount");
        }
        if (event.kind() == Kind.CORRECTED && !before.occurredAt().equals(event.occurredAt())) {
            fields.add("occurred_at");
        }
        return String.join(" ", fields);
    }

    /** Applies what was parked. */
    void apply(ModelPurchase purchase) {
        apply(purchase, null);
    }

    private static boolean isDecision(ModelEvent event) {
        return event.kind() == Kind.CONFIRMED || event.kind() == Kind.REJECTED;
    }

    /**
     * Applies what waits, in the order of the partner's times; answers what was refused.
     *
     * @param told the event that was not parked
     */
    private Map<Identity, ExpectedAnswer> apply(ModelPurchase purchase, @Nullable Identity told) {
        cashback.credit(purchase);
        if (waiting.isEmpty()) {
            return Map.of();
        }
        Judging judging = new Judging(purchase, told);
        waiting.clear();
        return judging.judged();
    }

    /** Events that are judged together. */
    private final class Judging {
        private final ModelPurchase purchase;
        private final Set<Identity> asSent = new HashSet<>();
        private final Map<Identity, ExpectedAnswer> refusals = new HashMap<>();
        private final List<ModelEvent> events = waiting();
        private final Set<ModelEvent> counting = new LinkedHashSet<>();
        private final Set<ModelEvent> done = new HashSet<>();
        private final boolean byOthers;

        /** The partner's older decision. */
        private final @Nullable ModelEvent word;

        private final boolean rejection;
        private final boolean contradicted;
        private long refundedMinor;
        private boolean leavesNothing;

        Judging(ModelPurchase purchase, @Nullable Identity told) {
            this.purchase = purchase;
            this.refundedMinor = purchase.refundedMinor;
            asSent.add(told);
            byOthers = switch (purchase.status) {
                case PENDING -> false;
                case CONFIRMED -> decision != Kind.CONFIRMED;
                case REJECTED -> decision != Kind.REJECTED;
                case REVERSED ->
                    !purchase.isRefundedInFull()
                            || purchase.reversedFrom == Status.CONFIRMED && decision != Kind.CONFIRMED;
            };
            word = Stream.of(waiting, applied, refused)
                    .flatMap(known -> known.values().stream())
                    .filter(PartnerRecord::isDecision)
                    .min(ModelEvent.IN_ORDER)
                    .orElse(null);
            rejection = !byOthers && word != null && word.kind() == Kind.REJECTED;
            contradicted =
                    !byOthers && word != null && word.kind() == Kind.CONFIRMED && purchase.status == Status.REJECTED;
        }

        Map<Identity, ExpectedAnswer> judged() {
            if (contradicted || rejection || purchase.status != Status.REJECTED) {
                bringBack(refused, false);
            }
            events.sort(ModelEvent.IN_ORDER);
            weigh();
            boolean reinstated = contradicted || purchase.isRefundedInFull() && !rejection && !leavesNothing;
            if (reinstated || rejection && (purchase.status == Status.CONFIRMED || purchase.isRefundedInFull())) {
                bringBack(refused, true);
                bringBack(applied, true);
                events.sort(ModelEvent.IN_ORDER);
            }
            if (reinstated) {
                if (!byOthers && word != null) {
                    events.remove(word);
                    events.add(0, word);
                }
                cashback.reinstate(purchase);
                if (byOthers) {
                    cashback.confirm(purchase, false, now.get());
                }
            }
            events.forEach(this::judge);
            if (purchase.isLive() && purchase.leftMinor() == 0) {
                cashback.change(purchase, Status.REVERSED);
            }
            return refusals;
        }

        private void bringBack(Map<Identity, ModelEvent> known, boolean decisions) {
            List.copyOf(known.values()).stream()
                    .filter(event -> isDecision(event) == decisions)
                    .filter(event -> !events.contains(event))
                    .forEach(event -> {
                        known.remove(event.identity());
                        asSent.add(event.identity());
                        events.add(event);
                    });
        }

        private void weigh() {
            boolean rejectedBefore = purchase.status == Status.REJECTED && rejection;
            if (!contradicted && !rejectedBefore && !purchase.isLive() && !purchase.isRefundedInFull()) {
                return;
            }
            long highest = events.stream()
                    .filter(event -> event.kind() == Kind.CORRECTED)
                    .mapToLong(ModelEvent::amountMinor)
                    .reduce(purchase.highestMinor(), Math::max);
            List<ModelEvent> amounts = events.stream()
                    .filter(event -> !isDecision(event) && isInTime(event))
                    .toList();
            List<ModelEvent> corrections = amounts.stream()
                    .filter(event -> event.kind() == Kind.CORRECTED && event.amountMinor() > 0)
                    .toList();
            for (ModelEvent event : amounts) {
                boolean fits = refundedMinor + event.amountMinor() <= highest;
                boolean moneyIsBack = !asSent.contains(event.identity()) && refundedMinor < highest;
                if (event.kind() == Kind.REFUNDED && (fits || moneyIsBack)) {
                    counting.add(event);
                    refundedMinor += event.amountMinor();
                }
            }
            List<ModelEvent> stated = new ArrayList<>(purchase.corrections);
            stated.addAll(corrections);
            corrections.stream()
                    .filter(event -> rejection || event.amountMinor() >= refundedMinor)
                    .forEach(counting::add);
            long amount = stated.stream()
                    .filter(event -> event.amountMinor() >= refundedMinor)
                    .max(ModelEvent.IN_ORDER)
                    .map(ModelEvent::amountMinor)
                    .orElse(purchase.submission.amountMinor());
            leavesNothing = amount <= refundedMinor;
        }

        private void judge(ModelEvent event) {
            if (!done.add(event)) {
                return;
            }
            ExpectedAnswer refusal = switch (event.kind()) {
                case CONFIRMED, REJECTED -> decide(event);
                case REFUNDED -> refund(event);
                case CORRECTED -> correct(event);
            };
            if (refusal == null) {
                applied.put(event.identity(), event);
            } else {
                refusals.put(event.identity(), refusal);
                refused.put(event.identity(), event);
            }
        }

        private @Nullable ExpectedAnswer decide(ModelEvent event) {
            Status wanted = event.kind() == Kind.CONFIRMED ? Status.CONFIRMED : Status.REJECTED;
            boolean counts = byOthers || event.equals(word);
            if (counts && purchase.status == wanted) {
                return null;
            }
            boolean overturns = !byOthers
                    && wanted == Status.REJECTED
                    && (purchase.status == Status.CONFIRMED || purchase.isRefundedInFull());
            if (!counts || purchase.status != Status.PENDING && !overturns) {
                return ExpectedAnswer.refused(400, "PURCHASE_NOT_PENDING");
            }
            if (wanted == Status.CONFIRMED) {
                cashback.confirm(purchase, false, now.get());
            } else {
                cashback.change(purchase, Status.REJECTED);
            }
            decision = event.kind();
            return null;
        }

        private @Nullable ExpectedAnswer refund(ModelEvent event) {
            if (!counting.contains(event)) {
                return refusedAmount(event);
            }
            if (purchase.refundedMinor + event.amountMinor() > purchase.highestMinor()) {
                events.stream()
                        .filter(other -> other.kind() == Kind.CORRECTED && counting.contains(other))
                        .forEach(this::judge);
            }
            cashback.refund(purchase, event.amountMinor(), isLast());
            return null;
        }

        private @Nullable ExpectedAnswer correct(ModelEvent event) {
            if (counting.contains(event)) {
                cashback.correct(purchase, event, isLast());
                return null;
            }
            boolean open = rejection ? isInTime(event) : purchase.isLive() || purchase.isRefundedInFull();
            return event.amountMinor() == 0 && open ? null : refusedAmount(event);
        }

        private boolean isLast() {
            return done.containsAll(counting) && purchase.isLive() && leavesNothing;
        }

        private boolean isInTime(ModelEvent event) {
            return !rejection || ModelEvent.IN_ORDER.compare(event, word) < 0;
        }

        private ExpectedAnswer refusedAmount(ModelEvent event) {
            if (!isInTime(event)) {
                return ExpectedAnswer.refused(400, "PURCHASE_NOT_REVERSIBLE");
            }
            ExpectedAnswer refusal = cashback.refusal(purchase, Status.REVERSED);
            return refusal == null ? ExpectedAnswer.refused(422, "VALIDATION_ERROR", "amount") : refusal;
        }
    }
}
