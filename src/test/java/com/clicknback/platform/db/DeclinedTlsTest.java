package com.clicknback.platform.db;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.platform.db.DatabaseSettings.Credentials;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.tls.Tls;
import com.clicknback.testing.Cable;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server without TLS, of which a service would prefer it or requires it: each connection on which it declines has to end. */
class DeclinedTlsTest {
    private static final int POOL_MAX = 2;

    /** Each would leave a connection that lasts for many seconds. */
    private static final int ATTEMPTS = 20;

    private final Vertx vertx = Vertx.vertx();
    private Cable cable;

    @BeforeEach
    void layCable() {
        cable = Cable.to(TestServer.shared().createDatabase());
    }

    @AfterEach
    void close() {
        cable.close();
        await(vertx.close());
    }

    private Database open(String mode, String uri) throws Tls.RefusedException {
        Address address = cable.address();
        Credentials role = new Credentials(address.user(), address.password());
        Tls tls = Tls.of(Map.of("sslmode", mode), true);
        return Database.open(vertx, new DatabaseSettings(uri, tls, false, role, role, POOL_MAX, 10, 60_000));
    }

    private static Future<?> sleep(Database database) {
        return database.query("SELECT pg_sleep(0.1)", Tuple.tuple());
    }

    @Test
    void asManyConnectionsAsThePoolHas() throws Tls.RefusedException {
        Database database = open("prefer", cable.address().uri());
        await(Future.all(sleep(database), sleep(database)));
        Waiting.until("only those of the pool are open", () -> cable.connections() == POOL_MAX);
        await(database.close());
    }

    @Test
    void noConnectionOfAnAttemptThatTheServerRefused() throws Tls.RefusedException {
        Database database = open("prefer", cable.address().uri() + "_missing");
        for (int i = 0; i < ATTEMPTS; i++) {
            assertThatThrownBy(() -> await(sleep(database))).isInstanceOf(DomainException.class);
        }
        Waiting.until("all have ended", () -> cable.connections() == 0);
        await(database.close());
    }

    /** Those of the first moment last until they are found to be silent. */
    @Test
    void fewConnectionsWhereTlsIsRequired() throws Tls.RefusedException {
        Database database = open("require", cable.address().uri());
        assertThatThrownBy(() -> await(sleep(database))).isInstanceOf(DomainException.class);
        long first = cable.connections();
        for (int i = 0; i < ATTEMPTS; i++) {
            assertThatThrownBy(() -> await(sleep(database))).isInstanceOf(DomainException.class);
        }
        Waiting.until("the others have ended", () -> cable.connections() <= first);
        await(database.close());
    }
}
