package com.clicknback.bench;

import com.clicknback.faults.Probe;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.ServiceProcess;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The service on a database, as one process or several as they are run in production, and the generator beside it. */
final class Service implements AutoCloseable {
    /** As the service is run in production. */
    static final List<String> JVM_OPTIONS =
            List.of("@" + Path.of("conf", "jvm.options").toAbsolutePath());

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<ServiceProcess> nodes;
    private final Process generator;
    private final PrintWriter orders;
    private final BufferedReader answers;

    private Service(List<ServiceProcess> nodes, Process generator) {
        this.nodes = nodes;
        this.generator = generator;
        this.orders = new PrintWriter(generator.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(generator.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one process and the generator. */
    static Service start(Address database, Map<String, String> settings, Options options, Path acknowledged)
            throws IOException {
        return start(1, database, settings, options, acknowledged);
    }

    /**
     * Starts all.
     *
     * @param count of processes, which share the generator's connections
     * @param options for its jar and its JVM
     * @param acknowledged the file that gets what the service acknowledges
     */
    static Service start(int count, Address database, Map<String, String> settings, Options options, Path acknowledged)
            throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "86400");
        // As the container image and the unit of systemd have it.
        all.put("MALLOC_ARENA_MAX", "1");
        List<String> jvm = new ArrayList<>(JVM_OPTIONS);
        if (options.jar().isPresent()) {
            jvm.addAll(ClassArchive.optionsFor(options.jar().get(), database, jvm));
        }
        jvm.addAll(options.jvm());
        List<ServiceProcess> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(ServiceProcess.start(database, all, jvm));
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms256m",
                "-Xmx8g",
                "-XX:+UseSerialGC",
                "-Xmn64m",
                "-cp",
                System.getProperty("java.class.path"),
                LoadGenerator.class.getName(),
                acknowledged.toString()));
        nodes.forEach(node -> command.add(Integer.toString(node.httpPort())));
        Process generator = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Service(nodes, generator);
    }

    /** Has the generator make its requests; the next call is {@link #send}. */
    void prepare(Load load) throws IOException {
        orders.println(JSON.writeValueAsString(load));
        answer();
    }

    LoadResult send() throws IOException {
        orders.println("go");
        return JSON.readValue(answer(), LoadResult.class);
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the generator has ended");
        }
        return line;
    }

    long processId() {
        return nodes.get(0).processId();
    }

    /** CPU seconds of all processes. */
    double cpuSeconds() throws IOException {
        double seconds = 0;
        for (ServiceProcess node : nodes) {
            seconds += Processes.cpuSeconds(node.processId());
        }
        return seconds;
    }

    /** Purchases that each process has credited so far. */
    List<Long> credited() {
        return nodes.stream()
                .map(node -> (long) Probe.metric(node.managementUrl(), "clicknback_purchases_credited_total"))
                .toList();
    }

    long generatorProcessId() {
        return generator.pid();
    }

    int httpPort() {
        return nodes.get(0).httpPort();
    }

    @Override
    public void close() {
        generator.destroy();
        nodes.forEach(ServiceProcess::close);
    }
}
