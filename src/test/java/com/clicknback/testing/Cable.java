package com.clicknback.testing;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The way between a service and its database, which a test may break in the ways of networks. */
public final class Cable implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;
    private final URI far;
    private final Address near;

    private Cable(Address database) {
        this.far = URI.create(database.uri());
        NetServer server = vertx.createNetServer().connectHandler(this::join);
        int port = TestService.await(server.listen(0, LOOPBACK)).actualPort();
        this.near = new Address(
                "postgresql://" + LOOPBACK + ":" + port + far.getPath(), database.user(), database.password());
    }

    public static Cable to(Address database) {
        return new Cable(database);
    }

    /** The database as reached through this cable. */
    public Address address() {
        return near;
    }

    private void join(NetSocket service) {
        if (cut) {
            service.close();
            return;
        }
        service.pause();
        Future<NetSocket> reached = client.connect(far.getPort(), far.getHost());
        reached.onFailure(failure -> service.close()).onSuccess(database -> {
            ends.add(service);
            ends.add(database);
            service.handler(database::write).endHandler(ended -> database.end()).closeHandler(v -> forget(service));
            database.handler(service::write).endHandler(ended -> service.end()).closeHandler(v -> forget(database));
            service.resume();
        });
    }

    private void forget(NetSocket end) {
        ends.remove(end);
    }

    /** Silences the present connections, without even closing them; later ones are not affected. */
    public void hang() {
        each(NetSocket::pause);
    }

    /** Lets the silenced connections talk again; nothing that was said in between is lost. */
    public void goOn() {
        each(NetSocket::resume);
    }

    /** Ends the present connections, and later ones at once. */
    public void cut() {
        cut = true;
        each(NetSocket::close);
    }

    /** Lets connections through again. */
    public void mend() {
        cut = false;
    }

    private void each(Consumer<NetSocket> change) {
        TestService.await(vertx.executeBlocking(() -> {
            ends.forEach(change);
            return true;
        }));
    }

    @Override
    public void close() {
        TestService.await(vertx.close());
    }
}
