package com.clicknback.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that one run found, as a table for people and as JSON. Shown once the end check has found nothing wrong: until
 * then it is only written down beside the database.
 */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final double MIB = 1024 * 1024;

    private static final String HEAD = String.format(
            Locale.ROOT,
            "%-28s %9s %9s %8s | %7s %7s %8s | %7s %8s | %6s %6s %7s %7s %6s | %8s %s",
            "scenario",
            "accepted",
            "credited",
            "2xx/s",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "lag p50",
            "lag p99",
            "cpu s",
            "cpu pg",
            "cpu gen",
            "wal B/p",
            "stmt/p",
            "refused",
            "failures");

    private final List<Measurement> measurements = new ArrayList<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Path unchecked;

    /**
     * @param unchecked where everything is written down at once; a run that fails its end check leaves nothing else
     */
    Report(Path unchecked) throws IOException {
        this.unchecked = unchecked;
        Files.writeString(unchecked, HEAD + "\n");
    }

    void add(Measurement measurement) throws IOException {
        measurements.add(measurement);
        System.out.println("done: " + measurement.name());
        note(line(measurement));
    }

    void figure(String name, Object value) throws IOException {
        figures.put(name, value);
        note(name + ": " + value);
    }

    private void note(String line) throws IOException {
        Files.writeString(unchecked, line + "\n", StandardOpenOption.APPEND);
    }

    private static String line(Measurement m) {
        double purchases = Math.max(1, m.result().accepted());
        boolean ingests = m.result().accepted() > 0;
        return String.format(
                Locale.ROOT,
                "%-28s %9.0f %9.0f %8.0f | %7.2f %7.1f %8.1f | %7.0f %8.0f | %6.1f %6.1f %7.1f %7.0f %6.3f | %8d %s%s",
                m.name(),
                m.result().acceptedPerSecond(),
                m.creditedPerSecond(),
                m.result().answeredPerSecond(),
                m.result().answered().p50(),
                m.result().answered().p99(),
                m.result().answered().p999(),
                m.lag().p50(),
                m.lag().p99(),
                m.used().serviceCpuSeconds(),
                m.used().serverCpuSeconds(),
                m.used().generatorCpuSeconds(),
                ingests ? m.used().walBytes() / purchases : 0,
                ingests ? m.used().statements() / purchases : 0,
                m.result().refused(),
                m.result().failures().isEmpty() ? "" : m.result().failures().toString(),
                m.result().backlog() == 0 ? "" : " backlog " + m.result().backlog());
    }

    Optional<Measurement> find(String name) {
        return measurements.stream().filter(m -> m.name().equals(name)).findFirst();
    }

    Optional<Double> number(String figure) {
        return figures.get(figure) instanceof Number number ? Optional.of(number.doubleValue()) : Optional.empty();
    }

    /** A figure as a multiple of another one of the same run. */
    void ratio(String name, Optional<Double> figure, Optional<Double> baseline, String of) throws IOException {
        if (figure.isPresent() && baseline.isPresent() && baseline.get() > 0) {
            figure(name, String.format(Locale.ROOT, "%.2f x %s", figure.get() / baseline.get(), of));
        }
    }

    /** Shows everything, and writes it as JSON too. */
    void publish(Path file) throws IOException {
        System.out.println(HEAD);
        measurements.forEach(measurement -> System.out.println(line(measurement)));
        figures.forEach((name, value) -> System.out.println(name + ": " + value));
        Files.createDirectories(file.toAbsolutePath().getParent());
        JSON.writeValue(file.toFile(), Map.of("figures", figures, "measurements", measurements));
        System.out.println("written to " + file);
    }
}
