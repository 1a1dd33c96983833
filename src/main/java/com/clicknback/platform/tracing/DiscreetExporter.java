package com.clicknback.platform.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Lets only those attributes leave the process that hold nothing of a request's path, query, headers or body. Messages of
 * failures stay here too: those of the database quote values.
 */
final class DiscreetExporter implements SpanExporter {
    private static final Set<String> TOLD = Set.of(
            Attribute.REQUEST_ID,
            Attribute.PURCHASES,
            "error.type",
            "exception.type",
            "http.method",
            "http.request.method",
            "http.response.status_code",
            "http.route",
            "http.status_code",
            // The texts of statements have placeholders for all values.
            "db.query.text",
            "db.statement",
            "db.system",
            "db.system.name");

    private final SpanExporter collector;

    DiscreetExporter(SpanExporter collector) {
        this.collector = collector;
    }

    private static Attributes told(Attributes all) {
        AttributesBuilder told = Attributes.builder();
        all.forEach((key, value) -> {
            if (TOLD.contains(key.getKey())) {
                put(told, key, value);
            }
        });
        return told.build();
    }

    @SuppressWarnings("unchecked")
    private static <T> void put(AttributesBuilder told, AttributeKey<?> key, Object value) {
        told.put((AttributeKey<T>) key, (T) value);
    }

    private static final class Told extends DelegatingSpanData {
        private final Attributes attributes;
        private final List<EventData> events;

        Told(SpanData span) {
            super(span);
            attributes = told(span.getAttributes());
            events = span.getEvents().stream()
                    .map(event -> EventData.create(event.getEpochNanos(), event.getName(), told(event.getAttributes())))
                    .toList();
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public List<EventData> getEvents() {
            return events;
        }

        @Override
        public int getTotalAttributeCount() {
            return attributes.size();
        }
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        return collector.export(spans.stream().<SpanData>map(Told::new).toList());
    }

    @Override
    public CompletableResultCode flush() {
        return collector.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return collector.shutdown();
    }
}
