package com.clicknback.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's HAProxy or nginx before the nodes of a test, with the configuration that the pages on deployment give. */
public final class DebianProxy implements AutoCloseable {
    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path CONFIGURATIONS = Path.of("docs", "deployment");
    private static final String HOST = "localhost";

    /** The addresses of the nodes in the configurations. */
    private static final String NODE = "10.0.0.1";

    private final Path folder;
    private final int port;
    private final Path authority;
    private final Process process;

    /** The ports of a node on loopback. */
    public record Node(int httpPort, int managementPort) {
        public static Node of(ServiceProcess process) {
            return new Node(process.httpPort(), process.managementPort());
        }
    }

    private DebianProxy(Path folder, int port, Path authority, Process process) {
        this.folder = folder;
        this.port = port;
        this.authority = authority;
        this.process = process;
    }

    /** To be called first in each class of tests that needs them. */
    public static void requireInstalled() {
        Debian.require(HAPROXY, "haproxy");
        Debian.require(NGINX, "nginx-light");
    }

    /** Starts HAProxy, as {@code haproxy.cfg} has it but for places. */
    public static DebianProxy haproxy(List<Node> nodes) {
        Path folder = Debian.folder("debian-haproxy-");
        Certificates certificates = certificates(folder);
        int port = FreePorts.next();
        Path pem = write(
                folder.resolve("clicknback.pem"), read(folder.resolve(HOST + ".crt")) + read(certificates.key(HOST)));
        String text = read(CONFIGURATIONS.resolve("haproxy.cfg"));
        text = replace(text, "log /dev/log local0", "log stdout format raw local0 notice");
        text = replace(text, "    user haproxy\n    group haproxy\n", "");
        text = replace(
                text, "bind :443 ssl crt /etc/haproxy/clicknback.pem", "bind 127.0.0.1:" + port + " ssl crt " + pem);
        text = replace(text, "bind :80\n", "bind 127.0.0.1:" + FreePorts.next() + "\n");
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            text = replace(
                    text,
                    NODE + (i + 1) + ":8080 port 9090",
                    "127.0.0.1:" + node.httpPort() + " port " + node.managementPort());
        }
        Path configuration = write(folder.resolve("haproxy.cfg"), text);
        return started(folder, port, certificates, HAPROXY.toString(), "-db", "-f", configuration.toString());
    }

    /** Starts nginx, as {@code nginx.conf} has it but for places. */
    public static DebianProxy nginx(List<Node> nodes) {
        Path folder = Debian.folder("debian-nginx-");
        Certificates certificates = certificates(folder);
        int port = FreePorts.next();
        String text = read(CONFIGURATIONS.resolve("nginx.conf"));
        text = replace(text, "listen 443 ssl", "listen 127.0.0.1:" + port + " ssl");
        text = replace(text, "listen 80;", "listen 127.0.0.1:" + FreePorts.next() + ";");
        text = replace(
                text, "/etc/nginx/clicknback.crt", folder.resolve(HOST + ".crt").toString());
        text = replace(text, "/etc/nginx/clicknback.key", certificates.key(HOST).toString());
        for (int i = 0; i < nodes.size(); i++) {
            text = replace(
                    text, NODE + (i + 1) + ":8080", "127.0.0.1:" + nodes.get(i).httpPort());
        }
        Path site = write(folder.resolve("clicknback.conf"), text);
        Path configuration = write(folder.resolve("nginx.conf"), """
                daemon off;
                pid @/nginx.pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path @/body;
                    proxy_temp_path @/proxy;
                    fastcgi_temp_path @/fastcgi;
                    uwsgi_temp_path @/uwsgi;
                    scgi_temp_path @/scgi;
                    include %;
                }
                """.replace("@", folder.toString())
                .replace("%", site.toString()));
        return started(folder, port, certificates, NGINX.toString(), "-e", "stderr", "-c", configuration.toString());
    }

    private static DebianProxy started(Path folder, int port, Certificates certificates, String... command) {
        DebianProxy proxy = new DebianProxy(folder, port, certificates.authority(), Debian.start(folder, command));
        Waiting.until("the proxy listens", proxy::listens);
        return proxy;
    }

    private static Certificates certificates(Path folder) {
        Certificates certificates = new Certificates(folder);
        certificates.sign(HOST);
        Debian.own(certificates.key(HOST));
        return certificates;
    }

    /** A text that is no longer there would leave the proxy with the place of somebody else. */
    private static String replace(String text, String place, String testsPlace) {
        assertThat(text).containsOnlyOnce(place);
        return text.replace(place, testsPlace);
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new AssertionError("the proxy ended: " + output());
        }
        try (Socket probe = new Socket("127.0.0.1", port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            Files.writeString(file, text);
            Debian.own(file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Options of clients that trust its certificate. */
    public HttpClientOptions clientOptions() {
        return new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()));
    }

    /** The place where it ends TLS. */
    public RequestOptions target() {
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                .setHost(HOST)
                .setPort(port);
    }

    /** Everything that it has written so far. */
    public String output() {
        return read(folder.resolve("output.txt"));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        Debian.delete(folder);
    }
}
