package com.clicknback.testing;

import com.clicknback.platform.address.HostPort;
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
import org.jspecify.annotations.Nullable;

/** The way to a server, such as a service's database, which a test may break in the ways of networks. */
public final class Cable implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> ends = ConcurrentHashMap.newKeySet();
    private final HostPort far;
    private final HostPort near;
    private final @Nullable Address database;
    private volatile boolean cut;
    private volatile boolean silent;

    private Cable(HostPort far, String nearHost, int nearPort, @Nullable Address database) {
        this.far = far;
        this.database = database;
        NetServer server = vertx.createNetServer().connectHandler(this::join);
        this.near = new HostPort(
                nearHost, TestService.await(server.listen(nearPort, nearHost)).actualPort());
    }

    public static Cable to(Address database) {
        URI uri = URI.create(database.uri());
        return new Cable(new HostPort(uri.getHost(), uri.getPort()), LOOPBACK, 0, database);
    }

    /** A cable whose near end is the same port of another address. */
    public static Cable to(HostPort far, String nearHost) {
        return new Cable(far, nearHost, far.port(), null);
    }

    /** The database as reached through this cable. */
    public Address address() {
        String path = URI.create(database.uri()).getPath();
        return new Address("postgresql://" + near + path, database.user(), database.password());
    }

    /** Connections that are open now. */
    public long connections() {
        return ends.size() / 2;
    }

    /** The end that is to be connected to. */
    public HostPort near() {
        return near;
    }

    private void join(NetSocket service) {
        if (cut) {
            service.close();
            return;
        }
        service.pause();
        if (silent) {
            ends.add(service);
            service.closeHandler(v -> forget(service));
            return;
        }
        Future<NetSocket> reached = client.connect(far.port(), far.host());
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

    /** Lets nothing through any more, and tells nobody: later connections are silent too. */
    public void silence() {
        silent = true;
        hang();
    }

    /** Lets connections through again. Those that were silent are lost, as a network loses them. */
    public void mend() {
        cut = false;
        if (silent) {
            silent = false;
            each(NetSocket::close);
        }
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
