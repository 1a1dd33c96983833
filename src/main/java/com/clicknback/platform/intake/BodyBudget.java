package com.clicknback.platform.intake;

import com.clicknback.platform.errors.DomainException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * The bodies that this process holds, bounded in bytes, and those that still arrive, bounded in number. One client has at
 * most a share of each, so that it cannot keep the others out.
 */
public final class BodyBudget {
    private static final int SHARES = 4;

    private final long bytesMax;
    private final int arrivingMax;
    private final Map<InetAddress, Use> byClient = new HashMap<>();
    private final Use all = new Use();

    public BodyBudget(long bytesMax, int arrivingMax) {
        this.bytesMax = bytesMax;
        this.arrivingMax = arrivingMax;
    }

    private static final class Use {
        private long bytes;
        private int arriving;
    }

    /** The part of the budget that one request takes. */
    public final class Claim {
        private final InetAddress client;
        private long bytes;
        private boolean arriving;

        private Claim(InetAddress client) {
            this.client = client;
        }

        /** Takes bytes; fails with {@code OVERLOADED} when there are no more of them. */
        void take(long more) {
            change(more, 0);
            bytes += more;
        }

        /** Counts the body as arriving; fails with {@code OVERLOADED} when too many are. */
        void arrive() {
            change(0, 1);
            arriving = true;
        }

        void arrived() {
            if (arriving) {
                arriving = false;
                change(0, -1);
            }
        }

        /** Gives everything back. */
        public void release() {
            arrived();
            if (bytes > 0) {
                change(-bytes, 0);
                bytes = 0;
            }
        }

        private void change(long moreBytes, int moreArriving) {
            synchronized (byClient) {
                Use own = byClient.computeIfAbsent(client, first -> new Use());
                boolean full = moreBytes > 0 && !fits(all.bytes, own.bytes, moreBytes, bytesMax)
                        || moreArriving > 0 && !fits(all.arriving, own.arriving, moreArriving, arrivingMax);
                if (!full) {
                    all.bytes += moreBytes;
                    own.bytes += moreBytes;
                    all.arriving += moreArriving;
                    own.arriving += moreArriving;
                }
                if (own.bytes == 0 && own.arriving == 0) {
                    byClient.remove(client);
                }
                if (full) {
                    throw DomainException.overloaded();
                }
            }
        }
    }

    private static boolean fits(long ofAll, long ofClient, long more, long max) {
        return ofAll + more <= max && ofClient + more <= Math.max(1, max / SHARES);
    }

    /** An empty claim of a client, to be released once its request is answered. */
    public Claim claim(InetAddress client) {
        return new Claim(client);
    }
}
