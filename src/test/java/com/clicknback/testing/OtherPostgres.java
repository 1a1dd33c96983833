package com.clicknback.testing;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A PostgreSQL of another version than the embedded one, from programs that the build lays beside its own. */
final class OtherPostgres {
    private static final String SUPERUSER = "postgres";
    private static final String PASSWORD = "of-the-superuser";

    private OtherPostgres() {}

    /** Starts one that ends with this JVM. */
    static Address start(String version) throws IOException {
        Path folder = Files.createTempDirectory("postgres-" + version);
        Path password = folder.resolve("password");
        Files.writeString(password, PASSWORD + "\n");
        Redirect log = Redirect.appendTo(folder.resolve("log").toFile());
        Path programs = Path.of("target", "postgres-" + version + ".jar");
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, machine) -> read(programs))
                .setOverrideWorkingDirectory(folder.toFile())
                .setDataDirectory(folder.resolve("data"))
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                // The library switches it off.
                .setServerConfig("fsync", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "''")
                .setLocaleConfig("locale", "C.UTF-8")
                .setLocaleConfig("encoding", "UTF8")
                .setLocaleConfig("auth-host", "scram-sha-256")
                .setLocaleConfig("pwfile", password.toString())
                .setConnectConfig("password", PASSWORD)
                .start();
        return new Address("postgresql://127.0.0.1:" + server.getPort() + "/" + SUPERUSER, SUPERUSER, PASSWORD);
    }

    /** The only archive in the jar. */
    private static InputStream read(Path jar) throws IOException {
        try (ZipFile packed = new ZipFile(jar.toFile())) {
            ZipEntry archive = packed.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow();
            return new ByteArrayInputStream(packed.getInputStream(archive).readAllBytes());
        }
    }
}
