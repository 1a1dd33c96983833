package com.clicknback.platform.ops;

import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import io.vertx.core.Future;
import java.util.Map;

/** Health on the public port. */
public final class HealthRoutes implements Routes {
    static final int UNAVAILABLE = 503;

    private final Health health;

    public HealthRoutes(Health health) {
        this.health = health;
    }

    /** The body of a health answer; the only one with an error status that is not the error envelope. */
    record Status(String status) {
        static final Status ALIVE = new Status("alive");
        static final Status READY = new Status("ready");
        static final Status NOT_READY = new Status("unavailable");
    }

    @Override
    public void bind(Operations operations) {
        operations.on("getLiveness", call -> Future.succeededFuture(Answer.ok(Status.ALIVE)));
        operations.on(
                "getReadiness",
                call -> health.isReady()
                        .map(ready ->
                                ready ? Answer.ok(Status.READY) : new Answer(UNAVAILABLE, Status.NOT_READY, Map.of())));
    }
}
