package com.clicknback.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Programs of Debian's packages that tests run, as a user who is not root: they refuse to run as root. */
public final class Debian {
    private static final String USER = "postgres";
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private Debian() {}

    /** Skips the tests of a class where a program is missing, but fails where everything must be there. */
    public static void require(Path program, String debianPackage) {
        require(Files.isExecutable(program), program.toString(), debianPackage);
    }

    /** Skips a test where no command has this name, but fails where everything must be there. */
    public static void requireCommand(String name, String debianPackage) {
        boolean found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        require(found, name, debianPackage);
    }

    private static void require(boolean there, String program, String debianPackage) {
        if (there) {
            return;
        }
        String line = program + " is missing: install Debian's package " + debianPackage + " to run these tests";
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            throw new AssertionError(line);
        }
        System.err.println("Skipped: " + line);
        abort(line);
    }

    /** A new folder that belongs to the user of the programs. */
    static Path folder(String prefix) {
        try {
            Path folder = Files.createTempDirectory(prefix);
            own(folder);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a file or folder to the user of the programs. */
    static void own(Path path) {
        if (ROOT) {
            await(List.of("chown", USER, path.toString()));
        }
    }

    /** Runs a program to its end and fails unless it succeeds. */
    static void run(Path folder, String... command) {
        await(asUser(folder, command));
    }

    /** Starts a program that goes on. */
    static Process start(Path folder, String... command) {
        return start(asUser(folder, command), folder.resolve("output.txt"));
    }

    private static List<String> asUser(Path folder, String... command) {
        List<String> whole = new ArrayList<>(List.of("env", "--chdir=" + folder));
        if (ROOT) {
            whole.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
        }
        whole.addAll(List.of(command));
        return whole;
    }

    private static void await(List<String> command) {
        try {
            Path output = Files.createTempFile("output", ".txt");
            int status = start(command, output).waitFor();
            if (status != 0) {
                throw new AssertionError(command + ": " + Files.readString(output));
            }
            Files.delete(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Process start(List<String> command, Path output) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> contents = Files.walk(folder)) {
            contents.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
