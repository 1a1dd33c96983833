package com.clicknback.platform.tracing;

import io.vertx.core.VerticleBase;
import io.vertx.core.spi.VertxTracerFactory;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The choice whether a process is traced.
 *
 * @param tracers make the tracer of its Vertx; null while tracing is off
 * @param verticles to deploy first, so that they end last
 */
public record Tracing(@Nullable VertxTracerFactory tracers, List<Supplier<VerticleBase>> verticles) {
    public static Tracing off() {
        return new Tracing(null, List.of());
    }

    /**
     * Traces by these settings.
     *
     * @param version of this build
     */
    public static Tracing by(TracingSettings settings, String version) {
        TracingVerticle verticle = new TracingVerticle(settings, version);
        return new Tracing(verticle.tracers(), List.of(() -> verticle));
    }
}
