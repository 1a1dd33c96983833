package com.clicknback.platform.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.Shareable;
import io.vertx.tracing.opentelemetry.VertxContextStorageProvider.VertxContextStorage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The spans of this product's own, beside those that Vert.x makes of requests and statements. */
public final class Spans implements Shareable {
    private static final String PLACE = "com.clicknback.tracing";
    private static final String TRACEPARENT = "traceparent";
    private static final String ANSWERED = "traceresponse";

    private static final TextMapGetter<Map<String, String>> HEADERS = new TextMapGetter<>() {
        @Override
        public @Nullable String get(@Nullable Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    };

    private final Tracer tracer;

    Spans(Tracer tracer) {
        this.tracer = tracer;
    }

    void serve(Vertx vertx) {
        vertx.sharedData().<String, Spans>getLocalMap(PLACE).put(PLACE, this);
    }

    /** True for a Vertx that was built with a tracer. */
    public static boolean areOn(Vertx vertx) {
        return ((VertxInternal) vertx).tracer() != null;
    }

    /** The spans of a process that is traced; null while tracing is off. */
    public static @Nullable Spans of(Vertx vertx) {
        return vertx.sharedData().<String, Spans>getLocalMap(PLACE).get(PLACE);
    }

    /** Names the span of a request, tells its caller which trace it is in, and hands it on. */
    public void request(HttpServerResponse response, String operationId, String requestId, Runnable next) {
        Span span = Span.current();
        if (span.getSpanContext().isSampled()) {
            span.updateName(operationId)
                    .setAttribute("http.route", operationId)
                    .setAttribute(Attribute.REQUEST_ID, requestId);
            response.putHeader(ANSWERED, text(span.getSpanContext()));
        }
        next.run();
    }

    /** The span of what is traced here, in the form of a {@code traceparent}; null when nothing is. */
    public @Nullable String current() {
        SpanContext here = Span.current().getSpanContext();
        return here.isSampled() ? text(here) : null;
    }

    private static String text(SpanContext span) {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance()
                .inject(Context.root().with(Span.wrap(span)), headers, (carrier, name, value) -> {
                    if (carrier != null) {
                        carrier.put(name, value);
                    }
                });
        return String.valueOf(headers.get(TRACEPARENT));
    }

    /** Begins a step of what is traced here; null when nothing is. */
    public @Nullable Step step(String name) {
        return Span.current().getSpanContext().isSampled()
                ? new Step(tracer.spanBuilder(name), Context.current())
                : null;
    }

    /**
     * Begins one step of several traces: it stands in the first, and links to all.
     *
     * @param traceparents at least one
     * @param purchases that the step is about
     */
    public Step step(String name, List<String> traceparents, int purchases) {
        SpanBuilder span = tracer.spanBuilder(name).setAttribute(Attribute.PURCHASES, purchases);
        traceparents.forEach(traceparent ->
                span.addLink(Span.fromContext(parsed(traceparent)).getSpanContext()));
        return new Step(span, parsed(traceparents.get(0)));
    }

    private static Context parsed(String traceparent) {
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), Map.of(TRACEPARENT, traceparent), HEADERS);
    }

    /** Something that takes its time in a trace. */
    public static final class Step {
        private final Span span;
        private final Context trace;

        private Step(SpanBuilder span, Context parent) {
            this.span = span.setParent(parent).startSpan();
            this.trace = parent.with(this.span);
        }

        /** A context on the same event loop, on which everything belongs to this step. */
        public io.vertx.core.Context on(io.vertx.core.Context context) {
            ContextInternal own = ((ContextInternal) context).duplicate();
            VertxContextStorage.INSTANCE.attach(own, trace);
            return own;
        }

        /** Ends the step; a failure is told by its type. */
        public void end(@Nullable Throwable failure) {
            if (failure != null) {
                span.setStatus(StatusCode.ERROR)
                        .setAttribute("error.type", failure.getClass().getName());
            }
            span.end();
        }
    }
}
