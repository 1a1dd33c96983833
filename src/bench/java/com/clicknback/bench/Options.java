package com.clicknback.bench;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The choice of scenarios, durations and server.
 *
 * @param seconds of an ordinary phase; those that must be longer are multiples of it
 * @param warmUp seconds of load before anything is measured: a JVM compiles what it runs
 * @param only names of the scenarios to run; empty: all of them
 * @param existing purchases to put into the database for the scenarios about a full table; 0: leave those out
 * @param jar of the service; empty: the classes of the build
 * @param jvm options of the service's JVM, such as those that start a flight recording
 * @param debian whether the server is a PostgreSQL 15 of Debian's, with its default settings
 * @param database an external server; empty: one that the run starts
 * @param json where the report goes
 */
record Options(
        int seconds,
        int warmUp,
        List<String> only,
        int existing,
        Optional<Path> jar,
        List<String> jvm,
        boolean debian,
        Optional<Address> database,
        Path json) {
    private static final Set<String> WITH_OWN_PROCESSES = Set.of("nodes", "unbatched", "young", "pgbench");

    static final String HELP = """
            Options: --seconds N      of an ordinary phase (20)
                     --warm-up N      seconds of load before anything is measured (120)
                     --only A,B       scenarios: single, sustained, latency, batch, own, hot, duplicates, reads, mixed,
                                      clicks, terms, overload, unbatched, pgbench, nodes, young (all)
                     --existing N     purchases for the scenarios about a full table (0: leave those out)
                     --jar FILE       of the service, run with an archive of its classes (the classes of the build)
                     --jvm OPTIONS    of the service's JVM beside its own, separated by semicolons
                     --server NAME    embedded, sized for the load, or debian: PostgreSQL 15 with its default settings
                                      (embedded)
                     --database URI --user NAME --password WORD
                                      an external PostgreSQL whose role may create databases (embedded)
                     --json FILE      the report (target/bench/report.json)
            """;

    static Options of(String... arguments) {
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        int seconds = 20;
        int warmUp = 120;
        List<String> only = List.of();
        int existing = 0;
        Optional<Path> jar = Optional.empty();
        List<String> jvm = List.of();
        boolean debian = false;
        String uri = "";
        String user = "postgres";
        String password = "";
        Path json = Path.of("target", "bench", "report.json");
        while (!left.isEmpty()) {
            String name = left.poll();
            String value = left.poll();
            if (value == null) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            switch (name) {
                case "--seconds" -> seconds = Integer.parseInt(value);
                case "--warm-up" -> warmUp = Integer.parseInt(value);
                case "--only" -> only = List.of(value.split(","));
                case "--existing" -> existing = Integer.parseInt(value);
                case "--jar" -> jar = Optional.of(Path.of(value));
                case "--jvm" -> jvm = List.of(value.split(";"));
                case "--server" -> debian = isDebian(value);
                case "--database" -> uri = value;
                case "--user" -> user = value;
                case "--password" -> password = value;
                case "--json" -> json = Path.of(value);
                default -> throw new IllegalArgumentException("no such option: " + name);
            }
        }
        Optional<Address> database = uri.isEmpty() ? Optional.empty() : Optional.of(new Address(uri, user, password));
        return new Options(seconds, warmUp, only, existing, jar, jvm, debian, database, json);
    }

    private static boolean isDebian(String server) {
        return switch (server) {
            case "debian" -> true;
            case "embedded" -> false;
            default -> throw new IllegalArgumentException("no such server: " + server);
        };
    }

    /** True unless only scenarios with processes of their own are to be measured. */
    boolean wantsOneProcess() {
        return only.isEmpty() || !WITH_OWN_PROCESSES.containsAll(only);
    }

    boolean wants(String scenario) {
        return only.isEmpty() || only.contains(scenario);
    }
}
