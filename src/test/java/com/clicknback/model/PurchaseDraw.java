package com.clicknback.model;

import com.clicknback.model.ModelEvent.Kind;
import com.clicknback.model.ModelPurchase.Status;
import com.clicknback.model.ModelSubmission.Name;
import com.clicknback.model.ModelSubmission.Named;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Draws purchases and partners' events about them, new and repeated ones. */
final class PurchaseDraw {
    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

    /** The most purchases by which partners report ahead of those that they send. */
    private static final int AHEAD = 3;

    /** The latest purchases that are searched for one with a wanted property. */
    private static final int LATEST = 40;

    private final Random random;
    private final World world;
    private final Map<String, Integer> serials = new HashMap<>();
    private int batchSerial;
    private int orderSerial;

    PurchaseDraw(Random random, World world) {
        this.random = random;
        this.world = world;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Rather one of the latest; null when there is none. */
    @Nullable
    ModelPurchase recent(Collection<ModelPurchase> purchases) {
        List<ModelPurchase> all = List.copyOf(purchases);
        int back = random.nextInt(4) == 0 ? random.nextInt(60) : random.nextInt(8);
        return all.isEmpty() ? null : all.get(Math.max(0, all.size() - 1 - back));
    }

    /** The id that its sender uses next: one that was refused is still free. */
    private Name name(String source, int ahead) {
        int serial = serials.getOrDefault(source, 0);
        while (world.purchase(new Name(source, "e" + serial)).isPresent()) {
            serial++;
        }
        serials.put(source, serial);
        return new Name(source, "e" + (serial + ahead));
    }

    private String source() {
        return random.nextBoolean() ? ModelSubmission.BY_USERS : oneOf(world.partners);
    }

    ModelSubmission fresh() {
        return random.nextInt(8) == 0 ? sameOrder() : submission(name(source(), 0));
    }

    /** Another report of an order, mostly by the other side; sometimes a little too late or of another amount. */
    private ModelSubmission sameOrder() {
        ModelPurchase known = recent(world.purchases().stream()
                .filter(purchase -> purchase.submission.orderRef() != null)
                .toList());
        if (known == null) {
            return submission(name(source(), 0));
        }
        boolean byUser = known.name().isOfPartner() == (random.nextInt(5) > 0);
        return new ModelSubmission(
                        name(byUser ? ModelSubmission.BY_USERS : oneOf(world.partners), 0),
                        known.user(),
                        known.submission.merchant(),
                        known.submission.amountMinor() + (random.nextInt(10) == 0 ? 1 : 0),
                        currency(),
                        random.nextBoolean() ? null : known.purchasedAt.plus(Duration.ofDays(random.nextInt(33) - 1)))
                .withOrder(known.submission.orderRef());
    }

    private @Nullable String orderRef() {
        return random.nextInt(3) == 0 ? "o" + orderSerial++ : null;
    }

    private ModelSubmission submission(Name name) {
        List<ModelClick> clicks = world.recentClicks();
        if (name.isOfPartner() && !clicks.isEmpty() && random.nextInt(4) == 0) {
            ModelClick click = oneOf(clicks);
            return new ModelSubmission(
                    name,
                    click.user(),
                    click.merchant(),
                    amount(),
                    currency(),
                    purchasedAt(),
                    new Named(click, random.nextBoolean()),
                    orderRef());
        }
        boolean unknownUser = name.isOfPartner() && random.nextInt(50) == 0;
        return new ModelSubmission(
                        name,
                        unknownUser ? "nobody" : oneOf(world.users),
                        random.nextInt(80) == 0 ? "nowhere" : oneOf(List.copyOf(world.merchants.keySet())),
                        amount(),
                        currency(),
                        purchasedAt())
                .withOrder(orderRef());
    }

    private long amount() {
        return switch (random.nextInt(8)) {
            case 0 -> 1 + random.nextInt(100);
            case 1 -> 50 * (1 + random.nextInt(400));
            case 2 -> 200_00 + random.nextInt(3000_00);
            default -> 1_00 + random.nextInt(199_00);
        };
    }

    private String currency() {
        int roll = random.nextInt(100);
        return roll < 3 ? "USD" : roll < 10 ? "eur" : "EUR";
    }

    private @Nullable Instant purchasedAt() {
        Instant now = world.now();
        return switch (random.nextInt(24)) {
            case 0 -> now.plus(AHEAD_MAX);
            case 1 -> now.plus(AHEAD_MAX).plusMillis(1);
            case 2 -> now.minus(Duration.ofDays(random.nextBoolean() ? 400 : 31));
            case 3 ->
                now.minus(Duration.ofDays(random.nextBoolean() ? 400 : 31)).minusMillis(1);
            case 4 -> monthBegan();
            case 5 -> monthBegan().minusMillis(1);
            case 6, 7, 8 -> now.minus(Duration.ofHours(random.nextInt(24 * 40)));
            default -> null;
        };
    }

    private Instant monthBegan() {
        return YearMonth.from(world.now().atOffset(ZoneOffset.UTC))
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    /** One that was accepted before: the same, or with something different in it. */
    ModelSubmission again() {
        List<ModelSubmission> before = world.orders.firstReports();
        if (!before.isEmpty() && random.nextInt(8) == 0) {
            return again(oneOf(before));
        }
        ModelPurchase known = recent(world.purchases());
        return known == null ? fresh() : again(known.submission);
    }

    private ModelSubmission again(ModelSubmission known) {
        if (random.nextBoolean()) {
            return known;
        }
        ModelSubmission other = submission(known.name());
        return switch (random.nextInt(4)) {
            case 0 ->
                new ModelSubmission(
                        known.name(),
                        known.user(),
                        known.merchant(),
                        other.amountMinor(),
                        known.currency(),
                        known.purchasedAt(),
                        known.click(),
                        known.orderRef());
            case 1 ->
                new ModelSubmission(
                        known.name(),
                        other.user(),
                        known.merchant(),
                        known.amountMinor(),
                        other.currency(),
                        known.purchasedAt(),
                        known.click(),
                        known.orderRef());
            case 2 ->
                new ModelSubmission(
                        known.name(),
                        known.user(),
                        other.merchant(),
                        known.amountMinor(),
                        known.currency(),
                        other.purchasedAt(),
                        known.click(),
                        known.orderRef());
            default -> other;
        };
    }

    /** New purchases, and again some of the partner's: of before, and of the batch itself. */
    List<ModelSubmission> batch(String partner, int size) {
        List<ModelSubmission> batch = new ArrayList<>();
        while (batch.size() < size) {
            ModelPurchase known = recent(world.purchases());
            int roll = random.nextInt(6);
            if (roll == 0 && known != null && known.name().source().equals(partner)) {
                batch.add(again(known.submission));
            } else if (roll == 1 && !batch.isEmpty()) {
                // Those that name an order are judged after the others.
                ModelSubmission before = oneOf(batch);
                batch.add(again(before).withOrder(before.orderRef()));
            } else {
                batch.add(submission(new Name(partner, "b" + batchSerial++)));
            }
        }
        return batch;
    }

    /** An event about a purchase that has arrived or is expected, or a repeated event. */
    ModelEvent event() {
        List<ModelEvent> known = world.knownEvents();
        if (!known.isEmpty() && random.nextInt(6) == 0) {
            return again(known.get(Math.max(0, known.size() - 1 - random.nextInt(12))));
        }
        List<ModelPurchase> arrived = world.purchases().stream()
                .filter(purchase -> purchase.name().isOfPartner())
                .toList();
        ModelEvent rounding = random.nextInt(4) == 0 ? halfCentRefund(arrived) : null;
        if (rounding != null) {
            return rounding;
        }
        ModelPurchase purchase = random.nextInt(3) == 0 ? null : recent(arrived);
        Name name = purchase == null ? name(oneOf(world.partners), random.nextInt(AHEAD)) : purchase.name();
        Kind kind = oneOf(List.of(Kind.CONFIRMED, Kind.REFUNDED, Kind.REFUNDED, Kind.CORRECTED, Kind.REJECTED));
        return switch (kind) {
            case REFUNDED -> new ModelEvent(name, kind, "r" + random.nextInt(4), refund(purchase), time());
            case CORRECTED -> new ModelEvent(name, kind, "k" + random.nextInt(4), correction(purchase), time());
            case CONFIRMED, REJECTED -> new ModelEvent(name, kind, "", 0, time());
        };
    }

    private long correction(@Nullable ModelPurchase purchase) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> purchase == null ? amount() : Math.max(1, purchase.refundedMinor);
            default -> amount();
        };
    }

    private ModelEvent again(ModelEvent event) {
        boolean withAmount = event.kind() == Kind.REFUNDED || event.kind() == Kind.CORRECTED;
        boolean otherAmount = withAmount && random.nextInt(4) == 0;
        return new ModelEvent(
                event.purchase(),
                event.kind(),
                event.refundId(),
                otherAmount ? event.amountMinor() + 1 : event.amountMinor(),
                random.nextBoolean() ? time() : event.occurredAt());
    }

    private long refund(@Nullable ModelPurchase purchase) {
        long whole = purchase == null ? 1_00 + random.nextInt(99_00) : Math.max(1, purchase.leftMinor());
        return switch (random.nextInt(4)) {
            case 0 -> whole;
            case 1 -> whole + 1;
            default -> 1 + (long) (random.nextDouble() * whole / 2);
        };
    }

    /** Refunds after which the cashback that stays would end in exactly half a cent: how it is rounded tells. */
    private long[] halfCentRefunds(ModelPurchase purchase) {
        long amount = purchase.amountMinor();
        return LongStream.range(1, purchase.leftMinor())
                .filter(refund -> purchase.terms.reward().isHalfACentOff(amount, purchase.leftMinor() - refund))
                .limit(1_000)
                .toArray();
    }

    /** Such a refund of one of the latest purchases; null when none allows it. */
    private @Nullable ModelEvent halfCentRefund(List<ModelPurchase> arrived) {
        List<ModelPurchase> open = arrived.stream()
                .skip(Math.max(0, arrived.size() - LATEST))
                .filter(purchase -> purchase.status == Status.PENDING || purchase.status == Status.CONFIRMED)
                .filter(purchase -> halfCentRefunds(purchase).length > 0)
                .toList();
        if (open.isEmpty()) {
            return null;
        }
        ModelPurchase purchase = oneOf(open);
        long[] amounts = halfCentRefunds(purchase);
        long amount = amounts[random.nextInt(amounts.length)];
        return new ModelEvent(purchase.name(), Kind.REFUNDED, "r" + random.nextInt(4), amount, time());
    }

    /** Often the same as that of another event. */
    private Instant time() {
        return world.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(random.nextInt(4)));
    }
}
