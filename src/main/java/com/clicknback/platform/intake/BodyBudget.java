package com.clicknback.platform.intake;

import static java.util.Objects.requireNonNull;

import com.clicknback.platform.errors.DomainException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The bodies that this process holds, bounded in bytes, and those that still arrive, bounded in number. One client has at
 * most a share of each. When there is no more of either, an arriving body makes room: the one whose client holds most for
 * longest. So slow bodies keep nobody out, from however many addresses they come.
 */
public final class BodyBudget {
    /** The part of the bytes and of the places that one client may have is one of so many. */
    public static final int SHARES = 4;

    private final long bytesMax;
    private final int arrivingMax;
    private final LongSupplier nowMs;
    private final Map<InetAddress, Use> byClient = new HashMap<>();

    /** The claims whose bodies arrive, the first one first. */
    private final Set<Claim> arriving = new LinkedHashSet<>();

    private final Use all = new Use();

    public BodyBudget(long bytesMax, int arrivingMax) {
        this(bytesMax, arrivingMax, () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    }

    BodyBudget(long bytesMax, int arrivingMax, LongSupplier nowMs) {
        this.bytesMax = bytesMax;
        this.arrivingMax = arrivingMax;
        this.nowMs = nowMs;
    }

    private static final class Use {
        private long bytes;
        private int arriving;
    }

    /** The part of the budget that one request takes. */
    public final class Claim {
        private final InetAddress client;
        private long bytes;
        private long sinceMs;
        private Runnable end = () -> {};
        private boolean gaveWay;

        private Claim(InetAddress client) {
            this.client = client;
        }

        /** Takes bytes; fails with {@code OVERLOADED} when there are no more of them, or once the claim made room. */
        void take(long more) {
            synchronized (byClient) {
                requireRoom(this, more, 0);
                change(more, 0);
            }
        }

        /**
         * Counts the body as arriving; fails with {@code OVERLOADED} when too many are.
         *
         * @param end is called when the body has to make room, on any thread; may not wait
         */
        void arrive(Runnable end) {
            synchronized (byClient) {
                requireRoom(this, 0, 1);
                change(0, 1);
                sinceMs = nowMs.getAsLong();
                this.end = end;
                arriving.add(this);
            }
        }

        void arrived() {
            synchronized (byClient) {
                if (arriving.remove(this)) {
                    change(0, -1);
                }
            }
        }

        /** Gives everything back. */
        public void release() {
            synchronized (byClient) {
                arrived();
                change(-bytes, 0);
            }
        }

        private void change(long moreBytes, int moreArriving) {
            Use own = byClient.computeIfAbsent(client, first -> new Use());
            bytes += moreBytes;
            own.bytes += moreBytes;
            all.bytes += moreBytes;
            own.arriving += moreArriving;
            all.arriving += moreArriving;
            if (own.bytes == 0 && own.arriving == 0) {
                byClient.remove(client);
            }
        }
    }

    private void requireRoom(Claim claim, long bytes, int bodies) {
        Use own = byClient.getOrDefault(claim.client, new Use());
        if (claim.gaveWay
                || own.bytes + bytes > Math.max(1, bytesMax / SHARES)
                || own.arriving + bodies > Math.max(1, arrivingMax / SHARES)) {
            throw DomainException.overloaded();
        }
        while (all.bytes + bytes > bytesMax) {
            giveWay(claim, use -> use.bytes);
        }
        while (all.arriving + bodies > arrivingMax) {
            giveWay(claim, use -> use.arriving);
        }
    }

    private void giveWay(Claim wanting, ToLongFunction<Use> held) {
        long now = nowMs.getAsLong();
        Claim heaviest = null;
        long most = 0;
        for (Claim claim : arriving) {
            long weight = held.applyAsLong(requireNonNull(byClient.get(claim.client))) * (now - claim.sinceMs);
            if (weight > most) {
                most = weight;
                heaviest = claim;
            }
        }
        if (heaviest == null || heaviest == wanting) {
            throw DomainException.overloaded();
        }
        heaviest.gaveWay = true;
        heaviest.release();
        heaviest.end.run();
    }

    /** An empty claim of a client, to be released once its request is answered. */
    public Claim claim(InetAddress client) {
        return new Claim(client);
    }
}
