package com.clicknback.testing;

import com.clicknback.Main;
import com.clicknback.TestConfig;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An archive of the classes that a process of the service loads, which saves a third of what its start costs. It is
 * made beside the tests once they have started a few processes, and used from there on.
 */
final class ClassArchive {
    /** Starts before an archive is worth its making. */
    private static final int STARTS = 4;

    private static final Duration END_MAX = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Path FOLDER = Path.of("target", "class-archive");
    /** The options of a JVM without an archive. */
    static final List<String> NONE = List.of("-cp", System.getProperty("java.class.path"));

    private static int starts;
    private static volatile List<String> options = NONE;

    private ClassArchive() {}

    /** The options by which a JVM finds its classes. */
    static synchronized List<String> options() {
        if (++starts == STARTS) {
            Address database = TestServer.shared().createMigratedDatabase();
            Thread maker = new Thread(() -> make(database), "class-archive");
            maker.setDaemon(true);
            maker.start();
        }
        return options;
    }

    private static void make(Address database) {
        try {
            Path archive = FOLDER.resolve("classes.jsa").toAbsolutePath();
            Files.createDirectories(FOLDER);
            Files.deleteIfExists(archive);
            String jars = jars();
            List<String> recording = new ArrayList<>(ServiceProcess.BRIEF);
            recording.addAll(List.of("-cp", jars, "-XX:ArchiveClassesAtExit=" + archive));
            ServiceProcess training = ServiceProcess.begin(Main.class, TestConfig.environment(database), recording);
            ProcessHandle process = ProcessHandle.of(training.processId()).orElseThrow();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            training.awaitReady();
            training.askToEnd();
            Waiting.until("the archive is written", END_MAX, POLL, () -> !process.isAlive());
            if (Files.exists(archive)) {
                // An archive that does not fit is no more than a slow start: nothing is to be said about it.
                options = List.of("-cp", jars, "-XX:SharedArchiveFile=" + archive, "-Xlog:disable");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path with jars in the place of folders, which no archive takes. */
    private static String jars() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            jars.add(Files.isDirectory(path) ? jar(path, FOLDER.resolve(jars.size() + ".jar")) : entry);
        }
        return String.join(File.pathSeparator, jars);
    }

    private static String jar(Path folder, Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> contents = Files.walk(folder)) {
            for (Path path : contents.filter(path -> !path.equals(folder)).toList()) {
                boolean isFolder = Files.isDirectory(path);
                byte[] bytes = isFolder ? new byte[0] : Files.readAllBytes(path);
                CRC32 checksum = new CRC32();
                checksum.update(bytes);
                String name = folder.relativize(path).toString().replace(File.separatorChar, '/');
                ZipEntry entry = new ZipEntry(isFolder ? name + "/" : name);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(bytes.length);
                entry.setCrc(checksum.getValue());
                zip.putNextEntry(entry);
                zip.write(bytes);
            }
        }
        return jar.toAbsolutePath().toString();
    }
}
