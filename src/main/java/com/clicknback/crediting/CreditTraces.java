package com.clicknback.crediting;

import com.clicknback.crediting.CreditingStore.Owed;
import com.clicknback.platform.tracing.Spans;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The crediting of purchases as a step of the traces of the requests that brought them. For one transaction. */
final class CreditTraces {
    /** The longest that crediting is expected to come late. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final @Nullable Spans spans;
    private final Clock clock;
    private final List<Spans.Step> begun = new ArrayList<>();

    /**
     * @param spans null while tracing is off
     */
    CreditTraces(@Nullable Spans spans, Clock clock) {
        this.spans = spans;
        this.clock = clock;
    }

    /** Begins the steps of those purchases that are traced, in the transaction that will credit them. */
    Future<Void> begin(SqlConnection tx, List<Owed> purchases) {
        Spans traced = spans;
        if (traced == null) {
            return Future.succeededFuture();
        }
        return TraceStore.take(tx, purchases, clock.instant().minus(KEPT)).map(traces -> {
            traces.forEach(trace -> begun.add(traced.step("credit", List.of(trace), purchases.size())));
            return null;
        });
    }

    /** Ends what has begun, when the transaction has. */
    void end(@Nullable Throwable failure) {
        begun.forEach(step -> step.end(failure));
        begun.clear();
    }
}
