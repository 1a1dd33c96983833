package com.clicknback.testing;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Collectors;

/** A PostgreSQL 15 of Debian's with its own default settings, as strangers run it, on a free port of this machine. */
public final class DebianPostgres implements AutoCloseable {
    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");
    private static final String SUPERUSER = "postgres";
    private static final String PASSWORD = "of-the-superuser";

    private final Path folder;
    private final int port;

    private DebianPostgres(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** To be called first in each class of tests that needs it. */
    public static void requireInstalled() {
        Debian.require(PROGRAMS.resolve("initdb"), "postgresql-15");
    }

    /** Makes a server and starts it. */
    public static DebianPostgres start() {
        DebianPostgres server = new DebianPostgres(Debian.folder("debian-postgres-"), FreePorts.next());
        server.initialize();
        server.startAgain();
        return server;
    }

    private void initialize() {
        Path password = folder.resolve("password");
        write(password, PASSWORD + "\n");
        Debian.run(
                folder,
                program("initdb"),
                "--pgdata=" + data(),
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--no-sync",
                "--auth-host=scram-sha-256",
                "--auth-local=peer",
                "--encoding=UTF8",
                "--locale=C.UTF-8");
        configure(Map.of(
                "port",
                Integer.toString(port),
                "listen_addresses",
                "'127.0.0.1'",
                "unix_socket_directories",
                "'" + folder + "'"));
    }

    /** Adds lines to postgresql.conf; they count from the next start. */
    public void configure(Map<String, String> settings) {
        append(
                data().resolve("postgresql.conf"),
                settings.entrySet().stream()
                        .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /** Sets who may connect, in the lines of pg_hba.conf; counts from the next start. */
    public void admit(String lines) {
        write(data().resolve("pg_hba.conf"), lines);
    }

    /** The folder of the server's data, where files that its settings name may stand. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Lays a copy of a file beside the data, readable for the server alone, and returns its name there. */
    public String keep(Path file) {
        try {
            Path copy = data().resolve(file.getFileName());
            write(copy, Files.readString(file));
            Files.setPosixFilePermissions(copy, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
            return copy.getFileName().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives it a certificate for {@code localhost}; counts from the next start. */
    public void encrypt(Certificates certificates) {
        configure(Map.of(
                "ssl", "on",
                "ssl_ca_file", "'" + keep(certificates.authority()) + "'",
                "ssl_cert_file", "'" + keep(certificates.sign("localhost")) + "'",
                "ssl_key_file", "'" + keep(certificates.key("localhost")) + "'"));
    }

    public void startAgain() {
        Debian.run(
                folder, program("pg_ctl"), "--pgdata=" + data(), "--log=" + folder.resolve("log"), "--wait", "start");
    }

    /** Ends its sessions at once. */
    public void stop() {
        Debian.run(folder, program("pg_ctl"), "--pgdata=" + data(), "--wait", "--mode=fast", "stop");
    }

    /** Ends every process of the server at once; the data are recovered from the log at the next start. */
    public void crash() {
        Debian.run(folder, program("pg_ctl"), "--pgdata=" + data(), "--wait", "--mode=immediate", "stop");
    }

    /**
     * Makes a copy of the data and keeps up with it from there on, without being waited for.
     *
     * @param primary runs
     */
    public void follow(DebianPostgres primary) {
        if (Files.exists(data())) {
            Debian.delete(data());
        }
        Debian.run(
                folder,
                "env",
                "PGPASSWORD=" + PASSWORD,
                program("pg_basebackup"),
                "--host=127.0.0.1",
                "--port=" + primary.port,
                "--username=" + SUPERUSER,
                "--pgdata=" + data(),
                "--write-recovery-conf",
                "--no-sync",
                "--checkpoint=fast",
                "--wal-method=stream");
        configure(Map.of("port", Integer.toString(port), "unix_socket_directories", "'" + folder + "'"));
        startAgain();
        waitForStandby(false);
        awaitStandby(primary, "");
    }

    private Path pidFile() {
        return data().resolve("postmaster.pid");
    }

    /** A server that follows another one. */
    public static DebianPostgres standbyOf(DebianPostgres primary) {
        DebianPostgres standby = new DebianPostgres(Debian.folder("debian-standby-"), FreePorts.next());
        standby.follow(primary);
        return standby;
    }

    /** From now on each commit waits until a standby has it on its disk, or no longer does. */
    public void waitForStandby(boolean wait) {
        Sql sql = new Sql(superuser());
        sql.execute("ALTER SYSTEM SET synchronous_standby_names = '" + (wait ? "*" : "") + "'");
        sql.execute("SELECT pg_reload_conf()");
        if (wait) {
            awaitStandby(this, " AND sync_state = 'sync'");
        }
    }

    private static void awaitStandby(DebianPostgres primary, String state) {
        Sql sql = new Sql(primary.superuser());
        Waiting.until(
                "a standby keeps up",
                () -> sql.count("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'" + state) > 0);
    }

    /** Returns once a standby has on its disk what was written here until now. */
    public void awaitCopy() {
        Sql sql = new Sql(superuser());
        String written = sql.value("SELECT pg_current_wal_lsn()::text");
        Waiting.until(
                "a standby has everything",
                () -> sql.count("SELECT count(*) FROM pg_stat_replication WHERE flush_lsn >= ?::pg_lsn", written) > 0);
    }

    /** Lets a standby accept writes, as the primary; it waits for no standby of its own. */
    public void promote() {
        Debian.run(folder, program("pg_ctl"), "--pgdata=" + data(), "--wait", "promote");
    }

    /** Ends every process of the server at once, as when its host loses power. */
    public void kill() {
        try {
            OwnPostgres.kill(OwnPostgres.postmaster(data()));
            Files.delete(pidFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** The database that every server has, as the superuser. */
    public Address superuser() {
        return new Address("postgresql://127.0.0.1:" + port + "/postgres", SUPERUSER, PASSWORD);
    }

    /** A new database that belongs to a new role, which may log in by its own name. */
    public Address createDatabase(String role) {
        Sql sql = new Sql(superuser());
        sql.createRole(role, "LOGIN PASSWORD '" + role + "'");
        sql.execute("CREATE DATABASE " + role + " OWNER " + role);
        return new Address("postgresql://127.0.0.1:" + port + "/" + role, role, role);
    }

    /** A new database of the service's two roles, made as {@code docker-compose.yml} makes them. */
    public void makeRoles(String database, String ownerPassword, String servicePassword) {
        new Sql(superuser()).execute("CREATE DATABASE " + database);
        Debian.run(
                folder,
                "env",
                "PGHOST=127.0.0.1",
                "PGPORT=" + port,
                "PGPASSWORD=" + PASSWORD,
                "POSTGRES_USER=" + SUPERUSER,
                "POSTGRES_DB=" + database,
                "ROLES=" + readable(Path.of("src/main/resources/db/roles.sql")),
                "CLICKNBACK_DATABASE_OWNER_PASSWORD=" + ownerPassword,
                "CLICKNBACK_DATABASE_PASSWORD=" + servicePassword,
                "sh",
                readable(Path.of("conf/postgres-roles.sh")));
    }

    /** A copy that the user of the programs can read. */
    private String readable(Path file) {
        try {
            Path copy = folder.resolve(file.getFileName());
            write(copy, Files.readString(file));
            return copy.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String program(String name) {
        return PROGRAMS.resolve(name).toString();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
            Debian.own(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it for good. */
    @Override
    public void close() {
        if (Files.exists(pidFile())) {
            Debian.run(folder, program("pg_ctl"), "--pgdata=" + data(), "--wait", "--mode=immediate", "stop");
        }
        Debian.delete(folder);
    }
}
