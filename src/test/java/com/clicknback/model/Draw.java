package com.clicknback.model;

import com.clicknback.model.Calls.Decide;
import com.clicknback.model.Calls.RequestPayout;
import com.clicknback.model.Calls.SetPayoutStatus;
import com.clicknback.model.Calls.Submit;
import com.clicknback.model.Calls.SubmitBatch;
import com.clicknback.model.Calls.Tell;
import com.clicknback.model.Circumstances.Hold;
import com.clicknback.model.Circumstances.LeaveDecisions;
import com.clicknback.model.Circumstances.LoseNudges;
import com.clicknback.model.Circumstances.Pass;
import com.clicknback.model.Circumstances.Release;
import com.clicknback.model.Circumstances.ReleaseHeld;
import com.clicknback.model.Circumstances.RepeatNudges;
import com.clicknback.model.Circumstances.Replay;
import com.clicknback.model.Circumstances.Restart;
import com.clicknback.model.Circumstances.SetFlag;
import com.clicknback.model.Circumstances.SetMerchantActive;
import com.clicknback.model.Circumstances.SetOfferActive;
import com.clicknback.model.Circumstances.Verify;
import com.clicknback.model.ModelPayouts.ModelPayout;
import com.clicknback.model.ModelPurchase.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

/** Draws the next operation; the same for the same seed, because it depends on the model and on nothing else. */
final class Draw {
    private final Random random;
    private final World world;
    private final PurchaseDraw purchases;
    private boolean losingNudges;
    private int keys;

    Draw(Random random, World world) {
        this.random = random;
        this.world = world;
        this.purchases = new PurchaseDraw(random, world);
    }

    /**
     * @param held whether the followers are stuck
     */
    Operation next(boolean held) {
        if (held && random.nextInt(8) == 0) {
            return world.racing().<Operation>map(Tell::new).orElseGet(Release::new);
        }
        int roll = random.nextInt(1000);
        if (roll < 30) {
            return new MakeClick(oneOf(world.users), oneOf(List.copyOf(world.merchants.keySet())));
        } else if (roll < 260) {
            return new Submit(purchases.fresh());
        } else if (roll < 310) {
            return batch();
        } else if (roll < 380) {
            return new Submit(purchases.again());
        } else if (roll < 540) {
            return decision();
        } else if (roll < 730) {
            return new Tell(purchases.event());
        } else if (roll < 820) {
            return new RequestPayout(payout());
        } else if (roll < 880) {
            return payoutStatus();
        } else if (roll < 890) {
            return new ReleaseHeld();
        } else if (roll < 910) {
            return verification(new Verify());
        } else if (roll < 945) {
            return setting();
        } else if (roll < 970) {
            return new Pass(time());
        }
        return roll < 974 ? verification(new Restart(random.nextInt(Processes.COUNT))) : trouble(held);
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Operation batch() {
        String partner = oneOf(world.partners);
        return new SubmitBatch(partner, purchases.batch(partner, 1 + random.nextInt(6)));
    }

    private Operation decision() {
        ModelPurchase purchase = purchases.recent(world.purchases());
        Status to = Status.values()[1 + random.nextInt(3)];
        return purchase == null ? new Submit(purchases.fresh()) : new Decide(purchase.name(), to);
    }

    private ModelPayouts.Request payout() {
        String user = oneOf(world.users);
        List<ModelPayout> recent = world.payouts.all().stream()
                .filter(payout -> payout.request.key() != null
                        && payout.requestedAt.isAfter(world.now().minus(Duration.ofDays(1))))
                .toList();
        if (!recent.isEmpty() && random.nextInt(4) == 0) {
            ModelPayouts.Request before = oneOf(recent).request;
            return switch (random.nextInt(4)) {
                case 0 ->
                    new ModelPayouts.Request(before.user(), before.amountMinor() + 1, before.holder(), before.key());
                case 1 -> new ModelPayouts.Request(before.user(), before.amountMinor(), "Somebody Else", before.key());
                default -> before;
            };
        }
        long available = world.wallets.get(user).of(ModelWallet.Balance.AVAILABLE);
        long amount = switch (random.nextInt(6)) {
            case 0 -> 1 + random.nextInt(999);
            case 1 -> Math.max(1, available + 1);
            case 2 -> Math.max(1, available);
            case 3 -> 10_00;
            default -> 10_00 + random.nextInt(300_00);
        };
        return new ModelPayouts.Request(
                user, amount, "Holder of " + user, random.nextBoolean() ? "key-" + keys++ : null);
    }

    private Operation payoutStatus() {
        List<ModelPayout> payouts = world.payouts.all();
        if (payouts.isEmpty()) {
            return new RequestPayout(payout());
        }
        ModelPayout payout = payouts.get(Math.max(0, payouts.size() - 1 - random.nextInt(8)));
        return new SetPayoutStatus(payout, ModelPayouts.Status.values()[1 + random.nextInt(3)]);
    }

    /** A little later when the contract leaves open whether some purchase is due. */
    private Operation verification(Operation run) {
        return world.verification.isUnclear(world.purchases(), world.now()) ? new Pass(Duration.ofMinutes(10)) : run;
    }

    private Operation setting() {
        List<ModelMerchant> merchants = List.copyOf(world.merchants.values());
        ModelMerchant merchant = oneOf(merchants);
        boolean on = random.nextInt(3) > 0;
        String flag = random.nextBoolean() ? ModelFlags.AUTO_CONFIRM : ModelFlags.RELEASE;
        return switch (random.nextInt(6)) {
            case 0 -> new SetMerchantActive(closed(merchants, merchant), on);
            case 1, 2 -> setOffer(merchant, on);
            case 3 -> new SetFlag(flag, "user", oneOf(world.users), on);
            case 4 ->
                random.nextBoolean()
                        ? new SetFlag(flag, "merchant", merchant.name, on)
                        : new SetFlag(flag, ModelFlags.GLOBALLY, ModelFlags.GLOBALLY, on);
            default -> new LeaveDecisions(oneOf(world.partners), random.nextBoolean());
        };
    }

    /** Rather one that is closed, so that they do not all end up so. */
    private static ModelMerchant closed(List<ModelMerchant> merchants, ModelMerchant otherwise) {
        return merchants.stream()
                .filter(merchant -> !merchant.isActive())
                .findFirst()
                .orElse(otherwise);
    }

    private Operation setOffer(ModelMerchant merchant, boolean on) {
        return merchant.offers.isEmpty()
                ? new SetMerchantActive(merchant, true)
                : new SetOfferActive(oneOf(merchant.offers), on);
    }

    private Duration time() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> Duration.ofMinutes(1 + random.nextInt(50));
            case 2, 3 -> Duration.ofMinutes(61);
            case 4 -> Duration.ofHours(7);
            case 5 -> Duration.ofDays(1);
            case 6 -> Duration.ofDays(1 + random.nextInt(9));
            default -> untilTheEndOfTheMonth();
        };
    }

    /** Up to the last moments of the month, so that the next operations cross into another. */
    private Duration untilTheEndOfTheMonth() {
        Instant next = YearMonth.from(world.now().atOffset(ZoneOffset.UTC))
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        Duration left = Duration.between(world.now(), next.minusMillis(4));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private Operation trouble(boolean held) {
        return switch (random.nextInt(6)) {
            case 0, 1, 2 -> held ? new RepeatNudges(3) : new Hold();
            case 3 -> new LoseNudges(losingNudges = !losingNudges);
            case 4 -> new RepeatNudges(1 + random.nextInt(20));
            default -> held ? new RepeatNudges(1) : new Replay(1 + random.nextInt(40));
        };
    }
}
