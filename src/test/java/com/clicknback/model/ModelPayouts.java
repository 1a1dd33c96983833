package com.clicknback.model;

import com.clicknback.model.ModelWallet.Balance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Withdrawals and their states. */
final class ModelPayouts {
    private static final long MINIMUM_MINOR = 10_00;
    private static final long MAXIMUM_30_DAYS_MINOR = 1_000_00;
    private static final long FOUR_EYES_MINIMUM_MINOR = 500_00;
    private static final Duration WINDOW = Duration.ofDays(30);

    /** The states of a payout. */
    enum Status {
        REQUESTED,
        PROCESSING,
        COMPLETED,
        FAILED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        private Set<Status> next() {
            return switch (this) {
                case REQUESTED -> Set.of(PROCESSING, COMPLETED, FAILED);
                case PROCESSING -> Set.of(COMPLETED, FAILED);
                case COMPLETED, FAILED -> Set.of();
            };
        }
    }

    /** A withdrawal that was granted. */
    static final class ModelPayout {
        final String name;
        final Request request;
        final Instant requestedAt;
        Status status = Status.REQUESTED;

        private ModelPayout(String name, Request request, Instant requestedAt) {
            this.name = name;
            this.request = request;
            this.requestedAt = requestedAt;
        }

        /** Its status in the words of a wallet's transactions. */
        String transactionStatus() {
            return switch (status) {
                case REQUESTED, PROCESSING -> "pending";
                case COMPLETED -> "paid";
                case FAILED -> "reversed";
            };
        }
    }

    /**
     * A payout as its user requests it.
     *
     * @param key that makes repeats harmless, or null
     */
    record Request(
            String user,
            long amountMinor,
            String holder,
            @Nullable String key) {
        private boolean isSame(Request other) {
            return amountMinor == other.amountMinor && holder.equals(other.holder);
        }
    }

    private record UserKey(String user, String key) {}

    private final Map<String, ModelWallet> wallets;
    private final List<ModelPayout> payouts = new ArrayList<>();
    private final Map<UserKey, ModelPayout> byKey = new HashMap<>();

    ModelPayouts(Map<String, ModelWallet> wallets) {
        this.wallets = wallets;
    }

    List<ModelPayout> all() {
        return payouts;
    }

    ExpectedAnswer request(Request wanted, Instant now) {
        ModelPayout before = wanted.key() == null ? null : byKey.get(new UserKey(wanted.user(), wanted.key()));
        if (before != null) {
            return before.request.isSame(wanted)
                    ? ExpectedAnswer.of(201, before.name, "requested", "replayed")
                    : ExpectedAnswer.refused(422, "IDEMPOTENCY_KEY_REUSED");
        }
        List<String> broken = brokenRules(wanted, now);
        if (!broken.isEmpty()) {
            return ExpectedAnswer.refused(422, "PAYOUT_POLICY_VIOLATION", String.join(" ", broken));
        }
        if (wallets.get(wanted.user()).of(Balance.AVAILABLE) < wanted.amountMinor()) {
            return ExpectedAnswer.refused(409, "INSUFFICIENT_BALANCE");
        }
        ModelPayout payout = new ModelPayout("payout-" + payouts.size(), wanted, now);
        payouts.add(payout);
        if (wanted.key() != null) {
            byKey.put(new UserKey(wanted.user(), wanted.key()), payout);
        }
        move(payout, "payout_requested", Balance.AVAILABLE, Balance.RESERVED);
        return ExpectedAnswer.of(201, payout.name, "requested", "new");
    }

    private List<String> brokenRules(Request wanted, Instant now) {
        List<String> broken = new ArrayList<>();
        if (wanted.amountMinor() < MINIMUM_MINOR) {
            broken.add("minimum_amount");
        }
        long inWindow = payouts.stream()
                .filter(p -> p.request.user().equals(wanted.user()))
                .filter(p -> p.status != Status.FAILED && p.requestedAt.isAfter(now.minus(WINDOW)))
                .mapToLong(p -> p.request.amountMinor())
                .sum();
        if (inWindow + wanted.amountMinor() > MAXIMUM_30_DAYS_MINOR) {
            broken.add("maximum_30_days");
        }
        return broken;
    }

    ExpectedAnswer setStatus(ModelPayout payout, Status wanted) {
        if (!payout.status.next().contains(wanted)) {
            return ExpectedAnswer.refused(409, "INVALID_PAYOUT_TRANSITION");
        }
        if (wanted == Status.COMPLETED && payout.request.amountMinor() >= FOUR_EYES_MINIMUM_MINOR) {
            // The model has one administrator.
            return ExpectedAnswer.refused(409, "FOUR_EYES_REQUIRED");
        }
        payout.status = wanted;
        if (wanted == Status.COMPLETED) {
            move(payout, "payout_completed", Balance.RESERVED, Balance.PAID);
        } else if (wanted == Status.FAILED) {
            move(payout, "payout_failed", Balance.RESERVED, Balance.AVAILABLE);
        }
        return ExpectedAnswer.of(200, payout.name, wanted.wireName());
    }

    private void move(ModelPayout payout, String type, Balance from, Balance to) {
        wallets.get(payout.request.user()).move(type, payout.request.amountMinor(), from, to, payout);
    }
}
