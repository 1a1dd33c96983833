package com.clicknback.platform.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ReleasedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Schema files that others have applied stay as they are; a database that has applied them would be refused. */
class ReleasedMigrationsTest {
    private static final Path FILES = Path.of("src/main/resources/db/migration");
    private static final Path RELEASED = Path.of("src/test/resources/databases/released-migrations.txt");

    @Test
    void areUnchangedAndNewOnesComeAfterThem() throws IOException {
        Map<String, String> released = Files.readAllLines(RELEASED).stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(parts -> parts[1], parts -> parts[0]));
        Map<String, String> upTo = new TreeMap<>();
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (Integer.parseInt(name.substring(1, name.indexOf("__"))) <= ReleasedDatabase.VERSION) {
                    upTo.put(name, checksum(file));
                }
            }
        }
        assertThat(upTo).isEqualTo(new TreeMap<>(released));
    }

    /** By lines, as Flyway reads a file. */
    private static String checksum(Path file) throws IOException {
        CRC32 checksum = new CRC32();
        Files.readAllLines(file).forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
        return Long.toHexString(checksum.getValue());
    }
}
