package com.clicknback.platform.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.ParentBasedSamplerBuilder;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.tracing.opentelemetry.OpenTelemetryTracingFactory;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Sends the traces of one process to a collector, from a thread of its own. What a slow collector leaves behind waits in a
 * bounded queue and is dropped beyond that. The last ones are sent when the verticle ends.
 */
public final class TracingVerticle extends VerticleBase {
    private static final Duration SEND_TIME_MAX = Duration.ofSeconds(5);
    private static final long END_MS_MAX = 3_000;
    private static final int QUEUE_MAX = 2_048;

    private final OpenTelemetrySdk sdk;

    /**
     * @param version of this build
     */
    public TracingVerticle(TracingSettings settings, String version) {
        OtlpHttpSpanExporter collector = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().resolve("/v1/traces").toString())
                .setHeaders(settings::headers)
                .setTimeout(SEND_TIME_MAX)
                .setConnectTimeout(SEND_TIME_MAX)
                .build();
        sdk = OpenTelemetrySdk.builder()
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(Resource.getDefault().toBuilder()
                                .put(AttributeKey.stringKey("service.name"), "clicknback")
                                .put(AttributeKey.stringKey("service.version"), version)
                                .put(
                                        AttributeKey.stringKey("service.instance.id"),
                                        UUID.randomUUID().toString())
                                .build())
                        .setSampler(sampler(settings))
                        .addSpanProcessor(BatchSpanProcessor.builder(new DiscreetExporter(collector))
                                .setMaxQueueSize(QUEUE_MAX)
                                .setExporterTimeout(SEND_TIME_MAX)
                                .build())
                        .build())
                .build();
    }

    private static Sampler sampler(TracingSettings settings) {
        Sampler own = new OneIn(settings.oneIn());
        ParentBasedSamplerBuilder sampler = Sampler.parentBasedBuilder(own);
        return settings.followCallers()
                ? sampler.build()
                : sampler.setRemoteParentSampled(own)
                        .setRemoteParentNotSampled(own)
                        .build();
    }

    /** Makes the tracer of a Vertx, whose requests and statements become spans. */
    public VertxTracerFactory tracers() {
        return new OpenTelemetryTracingFactory(sdk);
    }

    @Override
    public Future<?> start() {
        new Spans(sdk.getTracer("com.clicknback")).serve(vertx);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(
                () -> sdk.shutdown().join(END_MS_MAX, TimeUnit.MILLISECONDS).isSuccess());
    }
}
