package com.clicknback.platform.batch;

import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Groups of items that wait, in one line for each sender. A batch takes from all lines alike, so that a short line does
 * not wait for a long one. One sender may fill the queue; when another one needs room, the newest groups of the longest
 * line are refused. Used by one thread.
 *
 * @param <I> an item
 * @param <O> the verdict on one item
 */
final class FairQueue<I, O> {

    /** Items that were submitted together: refused together, or not at all once the first of them is in a flush. */
    static final class Group<I, O> {
        private final List<I> items;
        private final List<@Nullable O> verdicts;
        private final Promise<List<O>> answer;
        private final long sinceNs;
        private @Nullable Throwable failure;
        private int begun;
        private int ended;

        Group(List<I> items, Promise<List<O>> answer, long sinceNs) {
            this.items = items;
            this.verdicts = new ArrayList<>(Collections.nCopies(items.size(), null));
            this.answer = answer;
            this.sinceNs = sinceNs;
        }

        boolean isOverdue(long nowNs, long waitNsMax) {
            return begun == 0 && nowNs - sinceNs > waitNsMax;
        }

        private int left() {
            return items.size() - begun;
        }

        private void end(int count) {
            ended += count;
            if (ended < items.size()) {
                return;
            }
            if (failure == null) {
                answer.complete(Collections.unmodifiableList(verdicts));
            } else {
                answer.fail(failure);
            }
        }
    }

    /** The items of a group that are in one flush. */
    final class Slice {
        private final Line line;
        private final Group<I, O> group;
        private final int from;
        private final int to;

        private Slice(Line line, Group<I, O> group, int max) {
            this.line = line;
            this.group = group;
            this.from = group.begun;
            this.to = from + Math.min(max, group.left());
            group.begun = to;
        }

        List<I> items() {
            return group.items.subList(from, to);
        }

        int size() {
            return to - from;
        }

        /** Gives the items their verdicts, which begin at this place of the list. */
        void settle(List<O> flushed, int at) {
            for (int i = from; i < to; i++) {
                group.verdicts.set(i, flushed.get(at + i - from));
            }
            end();
        }

        void fail(Throwable failure) {
            group.failure = failure;
            end();
        }

        private void end() {
            line.release(group);
            group.end(size());
        }
    }

    /** The groups of one sender, in their order. */
    private final class Line {
        private final Object sender;
        private final ArrayDeque<Group<I, O>> groups = new ArrayDeque<>(2);
        private int items;

        /** The group whose rest may not overtake what of it is in flight; the line has no turn meanwhile. */
        private @Nullable Group<I, O> awaited;

        Line(Object sender) {
            this.sender = sender;
        }

        void add(Group<I, O> group) {
            groups.add(group);
            count(group.items.size());
        }

        private void count(int more) {
            items += more;
            waiting += more;
            ready += awaited == null ? more : 0;
        }

        /** Refuses the overdue groups. Those of a line stand in the order of their arrival. */
        void refuseOverdue(Predicate<Group<I, O>> overdue) {
            Group<I, O> first = groups.peek();
            boolean goesOn = first != null && first.begun > 0;
            if (goesOn) {
                groups.remove();
            }
            while (!groups.isEmpty() && overdue.test(groups.element())) {
                refuse(groups.remove());
            }
            if (goesOn) {
                groups.addFirst(first);
            }
        }

        void refuseLast() {
            refuse(groups.removeLast());
        }

        private void refuse(Group<I, O> group) {
            count(-group.items.size());
            refused.add(group);
        }

        /** Items that can still be refused. */
        int refusable() {
            Group<I, O> first = groups.peek();
            return first == null || first.begun == 0 ? items : items - first.left();
        }

        void take(int max, List<Slice> batch) {
            int room = Math.min(max, items);
            count(-room);
            while (room > 0) {
                Slice slice = new Slice(this, groups.element(), room);
                batch.add(slice);
                room -= slice.size();
                if (slice.group.left() == 0) {
                    groups.remove();
                }
            }
            Group<I, O> first = groups.peek();
            if (first == null) {
                lines.remove(sender);
            } else if (first.begun == 0) {
                turns.add(this);
            } else {
                awaited = first;
                ready -= items;
            }
        }

        void release(Group<I, O> group) {
            if (awaited == group) {
                awaited = null;
                ready += items;
                turns.add(this);
            }
        }
    }

    private final int itemsMax;
    private final Map<Object, Line> lines = new HashMap<>();

    /** The lines that may be served now, the next one first; a line may have become empty. */
    private final ArrayDeque<Line> turns = new ArrayDeque<>();

    private final ArrayDeque<Group<I, O>> refused = new ArrayDeque<>(2);
    private volatile int waiting;
    private int ready;

    /**
     * @param itemsMax items that may wait
     */
    FairQueue(int itemsMax) {
        this.itemsMax = itemsMax;
    }

    /** Items that wait; may be read from any thread. */
    int waiting() {
        return waiting;
    }

    /** Items that may be taken now. */
    int ready() {
        return ready;
    }

    /** Tells the refusals since the last call. Those who hear of them may send at once, so everything else comes first. */
    void tellRefused() {
        for (Group<I, O> group = refused.poll(); group != null; group = refused.poll()) {
            group.answer.fail(DomainException.overloaded());
        }
    }

    /** True when the line whose turn it is goes on with a group. */
    boolean goesOn() {
        Line next = turns.peek();
        Group<I, O> first = next == null ? null : next.groups.peek();
        return first != null && first.begun > 0;
    }

    /**
     * Adds a group; false when there is no room for all of it. A full queue makes room as long as the sender has less
     * waiting than another one.
     */
    boolean offer(Object sender, Group<I, O> group) {
        Line line = lines.get(sender);
        int more = group.items.size();
        if (waiting + more > itemsMax && !makeRoom(more, line == null ? 0 : line.items)) {
            return false;
        }
        if (line == null) {
            line = new Line(sender);
            lines.put(sender, line);
            turns.add(line);
        }
        line.add(group);
        return true;
    }

    private boolean makeRoom(int more, int ofSender) {
        int most = ofSender + more;
        if (most >= waiting - ofSender) {
            // Spares a flooder's every request the search.
            return false;
        }
        Line longest = null;
        for (Line line : lines.values()) {
            if (line.refusable() > most) {
                most = line.refusable();
                longest = line;
            }
        }
        if (longest == null) {
            return false;
        }
        while (waiting + more > itemsMax) {
            longest.refuseLast();
        }
        return true;
    }

    /**
     * Takes at most so many items, from each line an equal share or all that it has. Every line has its turn before any
     * has its second.
     *
     * @param overdue groups that are refused instead when their line has its turn
     */
    List<Slice> take(int max, Predicate<Group<I, O>> overdue) {
        List<Line> served = nextLines(max, overdue);
        List<Slice> batch = new ArrayList<>();
        int share = served.isEmpty() ? 0 : share(served, max);
        int spare = max - taken(served, share);
        for (Line line : served) {
            boolean oneMore = spare > 0 && line.items > share;
            spare -= oneMore ? 1 : 0;
            line.take(oneMore ? share + 1 : share, batch);
        }
        return batch;
    }

    private List<Line> nextLines(int max, Predicate<Group<I, O>> overdue) {
        List<Line> next = new ArrayList<>(Math.min(max, turns.size()));
        while (next.size() < max && !turns.isEmpty()) {
            Line line = turns.remove();
            line.refuseOverdue(overdue);
            if (line.groups.isEmpty()) {
                lines.remove(line.sender);
            } else {
                next.add(line);
            }
        }
        return next;
    }

    /** The most that each line can have so that all together have at most so many. */
    private int share(List<Line> served, int max) {
        int share = max / served.size();
        while (true) {
            int least = share;
            int longer =
                    (int) served.stream().filter(line -> line.items > least).count();
            int left = max - taken(served, share);
            if (longer == 0 || left < longer) {
                return share;
            }
            share += left / longer;
        }
    }

    private int taken(List<Line> served, int share) {
        int taken = 0;
        for (Line line : served) {
            taken += Math.min(line.items, share);
        }
        return taken;
    }
}
