package com.clicknback.platform.cluster;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.platform.address.AddressText;
import com.clicknback.platform.address.HostPort;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Notice;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.ops.Metrics;
import com.clicknback.testing.FreePorts;
import com.clicknback.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of a cluster in one process, on loopback. */
class ClusterVerticleTest {
    private static final Duration MEET_MAX = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);

    private final List<Vertx> started = new ArrayList<>();

    record Said(String what) implements Notice {}

    /** A node, with what it has heard. */
    private final class Node {
        private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        private final Bus bus = new Bus(vertx);
        private final Set<String> heard = ConcurrentHashMap.newKeySet();

        Node(int port, List<HostPort> members, byte key) {
            started.add(vertx);
            bus.listen(Said.class, said -> heard.add(said.what()));
            ClusterSettings settings = settings("127.0.0.1", port, members);
            await(vertx.deployVerticle(new ClusterVerticle(bus, settings, cipher(key), new Metrics().cluster())));
        }

        void hears(String what, Node speaker) {
            Waiting.until("hears " + what, MEET_MAX, POLL, () -> {
                speaker.bus.publish(new Said(what));
                return heard.contains(what);
            });
        }
    }

    private static ClusterSettings settings(String host, int port, List<HostPort> members) {
        return new ClusterSettings(host, port, null, members, null, false);
    }

    private static SecretKey key(byte fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, fill);
        return new SecretKeySpec(bytes, "AES");
    }

    private static NoticeCipher cipher(byte key) {
        return new NoticeCipher(new Keyring(key(key), List.of()));
    }

    @AfterEach
    void close() {
        started.forEach(vertx -> await(vertx.close()));
    }

    @Test
    void tellsOtherNodesAndHearsThem() throws IOException {
        List<HostPort> members =
                List.of(new HostPort("127.0.0.1", FreePorts.next()), new HostPort("127.0.0.1", FreePorts.next()));
        Node one = new Node(members.get(0).port(), members, (byte) 1);
        Node other = new Node(members.get(1).port(), members, (byte) 1);
        Node stranger = new Node(FreePorts.next(), members, (byte) 2);

        other.hears("news", one);
        one.hears("an answer", other);
        assertThat(stranger.heard).isEmpty();
    }

    /** A thread that a library forgets would keep the process alive, or its port taken. */
    @Test
    void leavesNothingBehind() throws IOException {
        int port = FreePorts.next();
        Node alone = new Node(port, List.of(new HostPort("127.0.0.1", port)), (byte) 1);
        Waiting.until("it has joined", MEET_MAX, POLL, alone.bus::hasOtherNodes);

        await(alone.vertx.close());

        assertThat(alone.bus.hasOtherNodes()).isFalse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("hz."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "2001:db8::1", "no such host"})
    void startsOnOnePrivateAddressOfTheMachineOnly(String host) throws IOException {
        ClusterSettings settings = settings(host, FreePorts.next(), List.of());

        assertThatThrownBy(() -> ListenAddress.find(settings)).isInstanceOf(IOException.class);
    }

    @Test
    void startsOnAFreePortOnly() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ClusterSettings settings = settings("127.0.0.1", taken.getLocalPort(), List.of());

            assertThatThrownBy(() -> ListenAddress.find(settings)).isInstanceOf(BindException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "10.1.2.3, true",
        "172.31.255.255, true",
        "192.168.0.1, true",
        "169.254.1.1, true",
        "::1, true",
        "fd00::1, true",
        "fe80::1, true",
        "172.32.0.1, false",
        "192.0.2.1, false",
        "8.8.8.8, false",
        "2001:db8::1, false"
    })
    void tellsPrivateAddresses(String address, boolean isPrivate) {
        assertThat(ListenAddress.isPrivate(AddressText.parse(address))).isEqualTo(isPrivate);
    }

    @Test
    void opensWhatANodeWithAKeyInCommonHasSealed() {
        byte[] plain = {1, 2, 3};
        SecretKey before = key((byte) 1);
        NoticeCipher rotated = new NoticeCipher(new Keyring(key((byte) 2), List.of(before)));

        assertThat(rotated.open(cipher((byte) 1).seal(plain))).contains(plain);
        assertThat(cipher((byte) 1).open(rotated.seal(plain))).isEmpty();
    }

    @Test
    void opensNothingElse() {
        NoticeCipher cipher = cipher((byte) 1);
        byte[] sealed = cipher.seal(new byte[] {1, 2, 3});

        for (int length = 0; length < sealed.length; length++) {
            assertThat(cipher.open(Arrays.copyOf(sealed, length))).isEmpty();
        }
        for (int at = 0; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThat(cipher.open(changed)).isEmpty();
        }
    }
}
