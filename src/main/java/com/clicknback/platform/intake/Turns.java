package com.clicknback.platform.intake;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The turns of senders whose requests take an event loop for long. It does one such piece of work at a time, and serves
 * everybody else before the next one. Senders take turns, so that one with few of them does not wait for all of another's.
 * Used on its event loop only.
 */
public final class Turns {
    /** The shortest time of a timer: the loop looks for what has arrived before it runs those that are due. */
    private static final long PAUSE_MS = 1;

    private final Vertx vertx;

    /** The turns that are waited for, by their senders; the next one first. */
    private final Map<Object, ArrayDeque<Promise<Void>>> waiting = new LinkedHashMap<>();

    private boolean taken;

    public Turns(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Completes when it is the sender's turn, at once if nobody has one. What follows is to be done there and then. */
    public Future<Void> next(Object sender) {
        Promise<Void> turn = Promise.promise();
        waiting.computeIfAbsent(sender, first -> new ArrayDeque<>()).add(turn);
        if (!taken) {
            give();
        }
        return turn.future();
    }

    private void give() {
        Iterator<Map.Entry<Object, ArrayDeque<Promise<Void>>>> lines =
                waiting.entrySet().iterator();
        taken = lines.hasNext();
        if (!taken) {
            return;
        }
        Map.Entry<Object, ArrayDeque<Promise<Void>>> line = lines.next();
        lines.remove();
        Promise<Void> turn = line.getValue().remove();
        if (!line.getValue().isEmpty()) {
            waiting.put(line.getKey(), line.getValue());
        }
        vertx.setTimer(PAUSE_MS, id -> give());
        turn.complete();
    }
}
