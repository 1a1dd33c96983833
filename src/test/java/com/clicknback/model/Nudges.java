package com.clicknback.model;

import com.clicknback.App;
import com.clicknback.platform.events.EventsAppended;
import com.clicknback.testing.TestService;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryContext;

/** The nudges on the bus of one process, which may get lost or come again. */
final class Nudges {
    private static final String ADDRESS = EventsAppended.class.getName();

    private final App app;
    private volatile boolean lost;

    private Nudges(App app) {
        this.app = app;
    }

    static Nudges of(App app) {
        Nudges nudges = new Nudges(app);
        TestService.await(app.extend(() -> new VerticleBase() {
            @Override
            public Future<?> start() {
                vertx.eventBus().addOutboundInterceptor(nudges::deliver);
                return Future.succeededFuture();
            }
        }));
        return nudges;
    }

    private void deliver(DeliveryContext<Object> message) {
        if (!lost || !message.message().address().equals(ADDRESS)) {
            message.next();
        }
    }

    void lose(boolean all) {
        lost = all;
    }

    void repeat(int times) {
        for (int i = 0; i < times; i++) {
            app.bus().publish(new EventsAppended());
        }
    }
}
