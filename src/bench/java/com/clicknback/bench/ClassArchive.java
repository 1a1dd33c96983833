package com.clicknback.bench;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The archive of the service's classes that the container image has from its second start on. */
final class ClassArchive {
    private ClassArchive() {}

    /**
     * Options that run the jar with its archive. Where there is none of this jar and JDK, a process that starts and stops
     * writes it.
     *
     * @param jvm the other options, since an archive belongs to one collector
     */
    static List<String> optionsFor(Path jar, Address database, List<String> jvm) throws IOException {
        Path archive = Path.of("target", "bench", "classes-" + Runtime.version() + ".jsa")
                .toAbsolutePath();
        List<String> ofJar = List.of("-cp", jar.toAbsolutePath().toString());
        if (!Files.exists(archive) || isOlder(archive, jar)) {
            Files.deleteIfExists(archive);
            List<String> writing = new ArrayList<>(jvm);
            writing.addAll(ofJar);
            writing.add("-XX:ArchiveClassesAtExit=" + archive);
            ServiceProcess.start(database, Map.of(), writing).stop();
            if (!Files.exists(archive)) {
                throw new IOException("no archive of classes was written to " + archive);
            }
        }
        List<String> options = new ArrayList<>(ofJar);
        options.add("-XX:SharedArchiveFile=" + archive);
        return options;
    }

    private static boolean isOlder(Path one, Path other) throws IOException {
        return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) < 0;
    }
}
