package com.clicknback.testing;

import com.clicknback.Main;
import com.clicknback.SteppedMain;
import com.clicknback.TestConfig;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The service as a process of its own, so that a test can kill it as the world would. It runs in a folder of its own
 * and listens on loopback only.
 */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofSeconds(90);
    private static final long STOP_MAX_S = 30;
    private static final long POLL_MS = 100;

    /** A process that was killed with SIGKILL. */
    public static final int KILLED = 128 + 9;

    /** A process that ended orderly after SIGTERM. */
    public static final int TERMINATED = 128 + 15;

    /** For a process that lives for seconds. */
    static final List<String> BRIEF = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** Marks, among the options of the JVM, a process whose output nobody reads. */
    private static final String UNREAD = "-Dtests.unread=true";

    /** Warnings of Vert.x that a command does not get the processor for seconds. */
    private static final Pattern OF_A_BUSY_MACHINE = Pattern.compile(
            "(?m)^.*BlockedThreadChecker - .*\\R(io\\.vertx\\.core\\.VertxException: .*\\R(\\tat .*\\R)*)?");

    private final Class<?> main;
    private final Map<String, String> environment;
    private final List<String> jvmOptions;
    private final Path folder;
    private final Path output;
    private final int httpPort;
    private final int managementPort;
    private Process process;

    private ServiceProcess(Class<?> main, Map<String, String> environment, List<String> jvmOptions, Path folder)
            throws IOException {
        this.main = main;
        this.environment = new HashMap<>(environment);
        this.jvmOptions = jvmOptions;
        this.folder = folder;
        this.output = folder.resolve("output.txt");
        this.httpPort = FreePorts.next();
        this.managementPort = FreePorts.next();
        this.environment.put("CLICKNBACK_HTTP_PORT", Integer.toString(httpPort));
        this.environment.put("CLICKNBACK_MANAGEMENT_PORT", Integer.toString(managementPort));
        this.process = spawn(main, folder, output, this.environment, jvmOptions, "serve");
    }

    /** Starts the service on a database and waits until it is ready. */
    public static ServiceProcess start(Address database, Map<String, String> overrides) {
        return start(database, overrides, BRIEF);
    }

    /** Starts the service without waiting: its database may not be there. */
    public static ServiceProcess begin(Address database, Map<String, String> overrides) {
        Map<String, String> environment = new HashMap<>(TestConfig.environment(database));
        environment.putAll(overrides);
        return begin(Main.class, environment, BRIEF);
    }

    /** Starts the service on a database, with a JVM of its own kind, and waits until it is ready. */
    public static ServiceProcess start(Address database, Map<String, String> overrides, List<String> jvmOptions) {
        Map<String, String> environment = new HashMap<>(TestConfig.environment(database));
        environment.putAll(overrides);
        return start(Main.class, environment, jvmOptions);
    }

    /** Starts the service on a database, on a host whose clock can be stepped, and waits until it is ready. */
    public static ServiceProcess startStepped(Address database, Map<String, String> overrides) {
        Map<String, String> environment = new HashMap<>(TestConfig.environment(database));
        environment.putAll(overrides);
        return start(SteppedMain.class, environment, BRIEF);
    }

    /** Starts the service on a database, with a pipe for its output that nobody reads, and waits until it is ready. */
    public static ServiceProcess startUnread(Address database, Map<String, String> overrides) {
        Map<String, String> environment = new HashMap<>(TestConfig.environment(database));
        environment.putAll(overrides);
        return start(Main.class, environment, List.of("-Xmx256m", UNREAD));
    }

    /** Starts the service with exactly these variables and waits until it is ready. */
    public static ServiceProcess start(Map<String, String> environment) {
        return start(Main.class, environment, BRIEF);
    }

    /** Starts the service with exactly these variables, without waiting. */
    public static ServiceProcess begin(Map<String, String> environment) {
        return begin(Main.class, environment, BRIEF);
    }

    private static ServiceProcess start(Class<?> main, Map<String, String> environment, List<String> jvmOptions) {
        ServiceProcess started = begin(main, environment, jvmOptions);
        started.awaitReady();
        return started;
    }

    static ServiceProcess begin(Class<?> main, Map<String, String> environment, List<String> jvmOptions) {
        try {
            return new ServiceProcess(
                    main, environment, jvmOptions, Files.createTempDirectory(Path.of("target"), "process-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The end of a command of the service.
     *
     * @param output both streams, in the order of writing, without complaints about a busy machine
     */
    public record Ended(int status, String output) {}

    /** Runs a command of the service to its end, in a folder. */
    public static Ended run(Path folder, Map<String, String> environment, String... arguments) {
        return run(START_MAX, folder, environment, arguments);
    }

    /** The same for a command that may take longer than a start. */
    public static Ended run(Duration max, Path folder, Map<String, String> environment, String... arguments) {
        return run(max, folder, environment, BRIEF, arguments);
    }

    /** Runs a command in a JVM with further options. */
    public static Ended run(
            Path folder, Map<String, String> environment, List<String> furtherOptions, String... arguments) {
        List<String> options = new ArrayList<>(BRIEF);
        options.addAll(furtherOptions);
        return run(START_MAX, folder, environment, options, arguments);
    }

    /** Runs a command on a class path that lacks some jars, without any settings. */
    public static Ended runWithout(String jarNamePart, Path folder, String... arguments) {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().contains(jarNamePart))
                .collect(Collectors.joining(File.pathSeparator));
        return run(folder, Map.of(), List.of("-cp", classPath), arguments);
    }

    private static Ended run(
            Duration max, Path folder, Map<String, String> environment, List<String> jvmOptions, String... arguments) {
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            Process process = spawn(Main.class, folder, output, environment, jvmOptions, arguments);
            if (!process.waitFor(max.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the command did not end: " + Files.readString(output));
            }
            return new Ended(
                    process.exitValue(),
                    OF_A_BUSY_MACHINE.matcher(Files.readString(output)).replaceAll(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Process spawn(
            Class<?> main,
            Path folder,
            Path output,
            Map<String, String> environment,
            List<String> jvmOptions,
            String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As the manifest of the runnable jar says.
        command.add("--enable-native-access=ALL-UNNAMED");
        boolean brief = jvmOptions.containsAll(BRIEF) && !jvmOptions.contains("-cp");
        command.addAll(brief ? ClassArchive.options() : ClassArchive.NONE);
        // Of options that are given twice, the JVM takes the last.
        command.addAll(jvmOptions);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(jvmOptions.contains(UNREAD) ? Redirect.PIPE : Redirect.appendTo(output.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("CLICKNBACK_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Returns once it is ready; fails when it ends before. */
    public void awaitReady() {
        HttpRequest ready = HttpRequest.newBuilder(URI.create(managementUrl() + "/health/ready"))
                .build();
        HttpClient client = HttpClient.newHttpClient();
        Waiting.until("the process is ready", START_MAX, Duration.ofMillis(POLL_MS), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the process ended with " + process.exitValue() + ": " + output());
            }
            try {
                return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
            } catch (IOException notListeningYet) {
                return false;
            }
        });
    }

    public ApiClient api() {
        return new ApiClient("http://127.0.0.1:" + httpPort);
    }

    public String managementUrl() {
        return "http://127.0.0.1:" + managementPort;
    }

    public int managementPort() {
        return managementPort;
    }

    public int httpPort() {
        return httpPort;
    }

    public long processId() {
        return process.pid();
    }

    /** The working directory of the process. */
    public Path folder() {
        return folder;
    }

    /** Waits until the process has written all of these; its log is written by a thread of its own, after the event. */
    public void awaitOutput(String... parts) {
        Waiting.until("it writes " + List.of(parts), () -> Stream.of(parts).allMatch(output()::contains));
    }

    /** Everything that the process has written so far; lines about what it just did may be under way. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process at once, without a chance to do anything more. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Sets the clock of a host forth or back, by whole seconds; a restart sets it right. */
    public void stepClock(Duration step) {
        try {
            process.outputWriter().write(step.toSeconds() + "\n");
            process.outputWriter().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the process to end, as an operator would. */
    public void askToEnd() {
        process.destroy();
    }

    /** Asks the process to end and waits for that; returns its exit status. */
    public int stop() {
        askToEnd();
        return awaitEnd();
    }

    /** Waits until the process has ended; returns its exit status. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(STOP_MAX_S, TimeUnit.SECONDS)) {
                throw new AssertionError("the process does not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Starts the ended process again, on the same ports and folder, and waits until it is ready. */
    public void restart() {
        try {
            process = spawn(main, folder, output, environment, jvmOptions, "serve");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitReady();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}
