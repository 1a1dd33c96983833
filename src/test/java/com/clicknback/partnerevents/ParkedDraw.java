package com.clicknback.partnerevents;

import com.clicknback.money.Money;
import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random purchases, most of them of one cap, in their order, and what their partner tells of them. */
record ParkedDraw(List<Bought> purchases, List<Told> events) {
    /** A purchase; those of one batch come with one request. */
    record Bought(int user, int merchant, long amountMinor, int daysAgo, int batch) {}

    /**
     * An event.
     *
     * @param late parked when the purchase is there already
     */
    record Told(
            int purchase, Kind kind, int second, @Nullable Money amount, boolean late) {}

    static ParkedDraw of(Random random) {
        List<Bought> purchases = purchases(random);
        List<Told> events = new ArrayList<>();
        for (int i = 0; i < purchases.size(); i++) {
            events.addAll(events(random, i, purchases.get(i).amountMinor()));
        }
        return new ParkedDraw(purchases, List.copyOf(events));
    }

    private static List<Bought> purchases(Random random) {
        List<Bought> purchases = new ArrayList<>();
        int batch = 0;
        for (int i = 4 + random.nextInt(9); i > 0; i--) {
            purchases.add(new Bought(
                    random.nextInt(12) == 0 ? 1 : 0,
                    Math.max(0, random.nextInt(9) - 6),
                    random.nextInt(12) == 0 ? 1 + random.nextInt(10) : 50_00 + random.nextInt(400_00),
                    random.nextInt(10) == 0 ? 31 : 0,
                    batch));
            batch += random.nextInt(3) == 0 ? 1 : 0;
        }
        return purchases;
    }

    /** Refunds never add up to more than the highest amount; everything else contradicts itself freely. */
    private static List<Told> events(Random random, int purchase, long amount) {
        if (random.nextBoolean()) {
            // Nothing but a confirmation, or nothing at all: its cashback follows from what becomes of the others.
            return random.nextInt(3) == 0
                    ? List.of()
                    : List.of(new Told(purchase, Kind.CONFIRMED, 1, null, random.nextInt(4) == 0));
        }
        List<Told> events = new ArrayList<>();
        List<Integer> seconds =
                new ArrayList<>(IntStream.rangeClosed(1, 12).boxed().toList());
        Collections.shuffle(seconds, random);
        long highest = amount;
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            Money stated = random.nextInt(8) == 0 ? null : Money.ofMinor(1 + amount / 2 + random.nextInt((int) amount));
            highest = Math.max(highest, stated == null ? 0 : stated.minor());
            events.add(new Told(purchase, Kind.CORRECTED, seconds.remove(0), stated, random.nextInt(4) == 0));
        }
        long left = random.nextBoolean() ? amount : highest;
        for (int i = random.nextInt(5) - 2; i > 0 && left > 0; i--) {
            long part = random.nextInt(4) == 0 ? left : 1 + random.nextInt((int) left);
            left -= part;
            events.add(
                    new Told(purchase, Kind.REFUNDED, seconds.remove(0), Money.ofMinor(part), random.nextInt(4) == 0));
        }
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            events.add(new Told(purchase, Kind.CONFIRMED, seconds.remove(0), null, random.nextInt(4) == 0));
        }
        for (int i = random.nextInt(5) - 3; i > 0; i--) {
            events.add(new Told(purchase, Kind.REJECTED, seconds.remove(0), null, random.nextInt(4) == 0));
        }
        if (!events.isEmpty() && random.nextInt(4) == 0) {
            events.add(events.get(random.nextInt(events.size())));
        }
        return events;
    }
}
