package com.clicknback.platform.cluster;

import static java.util.Objects.requireNonNull;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Notice;
import com.clicknback.platform.ops.ClusterMetrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of notices to the other nodes and back. It is joined in the background, and nobody ever waits for it. Notices
 * that find no way are dropped: those who depend on what they tell look for themselves now and then.
 */
public final class ClusterVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterVerticle.class);

    /** Time in which equal notices become one, so that not every commit under load costs every node a message. */
    private static final long GATHER_MS = 5;

    /** Different notices that may wait while Hazelcast takes its time; further ones are dropped. */
    private static final int WAITING_MAX = 1_000;

    private static final long JOIN_AGAIN_MS = 10_000;
    private static final long JOIN_S_MAX = 120;
    private static final long LEAVE_S_MAX = 4;

    private final Bus bus;
    private final ClusterSettings settings;
    private final NoticeCipher cipher;
    private final ClusterMetrics metrics;
    private final Set<Notice> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sending = new AtomicBoolean();
    private @Nullable WorkerExecutor worker;
    private volatile @Nullable HazelcastNode node;
    private boolean joining;
    private boolean closed;

    public ClusterVerticle(Bus bus, ClusterSettings settings, NoticeCipher cipher, ClusterMetrics metrics) {
        this.bus = bus;
        this.settings = settings;
        this.cipher = cipher;
        this.metrics = metrics;
    }

    /** Fails when the address is not one to listen on. It does not wait for other nodes. */
    @Override
    public Future<?> start() {
        worker = vertx.createSharedWorkerExecutor("cluster", 1, JOIN_S_MAX, TimeUnit.SECONDS);
        metrics.members(this::members);
        return worker.executeBlocking(() -> ListenAddress.find(settings)).onSuccess(address -> {
            join(address);
            vertx.setPeriodic(JOIN_AGAIN_MS, timer -> {
                if (!joining && members() == 0) {
                    join(address);
                }
            });
        });
    }

    private int members() {
        HazelcastNode joined = node;
        return joined == null ? 0 : joined.members();
    }

    /** Also after a member has ended by itself, as one does that its cluster does not bear. */
    private void join(InetAddress address) {
        joining = true;
        bus.connect(null);
        requireNonNull(worker)
                .executeBlocking(() -> {
                    node = HazelcastNode.join(settings, address, this::arrived);
                    return members();
                })
                .onComplete(done -> {
                    joining = false;
                    if (done.failed()) {
                        LOG.warn("No cluster on port {}; the next try is soon", settings.port(), done.cause());
                    } else if (!closed) {
                        bus.connect(this::tell);
                        LOG.info("In a cluster of {} on port {}", done.result(), settings.port());
                    }
                });
    }

    /** Takes what another node has told, on a thread of Hazelcast's. */
    private void arrived(byte[] message) {
        context.runOnContext(home -> cipher.open(message)
                .ifPresentOrElse(
                        notices -> {
                            metrics.received();
                            bus.receive(notices);
                        },
                        metrics::refused));
    }

    /** Never waits; called from any thread. */
    private void tell(Notice notice) {
        if (waiting.size() < WAITING_MAX && waiting.add(notice) && sending.compareAndSet(false, true)) {
            context.runOnContext(home -> vertx.setTimer(GATHER_MS, timer -> send()));
        }
    }

    private void send() {
        if (closed) {
            return;
        }
        requireNonNull(worker)
                .executeBlocking(() -> {
                    List<Notice> gathered = new ArrayList<>(waiting);
                    gathered.forEach(waiting::remove);
                    requireNonNull(node).publish(cipher.seal(Bus.write(gathered)));
                    return gathered.size();
                })
                .onComplete(done -> {
                    if (done.failed()) {
                        LOG.debug("notices did not leave", done.cause());
                    }
                    sending.set(false);
                    if (!waiting.isEmpty() && sending.compareAndSet(false, true)) {
                        vertx.setTimer(GATHER_MS, timer -> send());
                    }
                });
    }

    @Override
    public Future<?> stop() {
        closed = true;
        bus.connect(null);
        return requireNonNull(worker)
                .executeBlocking(() -> {
                    HazelcastNode joined = node;
                    if (joined != null) {
                        joined.leave();
                    }
                    return true;
                })
                .timeout(LEAVE_S_MAX, TimeUnit.SECONDS);
    }
}
