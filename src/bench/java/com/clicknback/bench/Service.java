package com.clicknback.bench;

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

/** The service on a database, each as it is run in production, and the generator beside it. */
final class Service implements AutoCloseable {
    /** As the service is run in production. */
    static final List<String> JVM_OPTIONS =
            List.of("@" + Path.of("conf", "jvm.options").toAbsolutePath());

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServiceProcess service;
    private final Process generator;
    private final PrintWriter orders;
    private final BufferedReader answers;

    private Service(ServiceProcess service, Process generator) {
        this.service = service;
        this.generator = generator;
        this.orders = new PrintWriter(generator.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = new BufferedReader(new InputStreamReader(generator.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts both.
     *
     * @param jvm more options of the service's JVM
     * @param acknowledged the file that gets what the service acknowledges
     */
    static Service start(Address database, Map<String, String> settings, List<String> jvm, Path acknowledged)
            throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "86400");
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        options.addAll(jvm);
        ServiceProcess service = ServiceProcess.start(database, all, options);
        Process generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms256m",
                        "-Xmx8g",
                        "-XX:+UseSerialGC",
                        "-Xmn64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadGenerator.class.getName(),
                        Integer.toString(service.httpPort()),
                        acknowledged.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new Service(service, generator);
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
        return service.processId();
    }

    long generatorProcessId() {
        return generator.pid();
    }

    int httpPort() {
        return service.httpPort();
    }

    @Override
    public void close() {
        generator.destroy();
        service.close();
    }
}
