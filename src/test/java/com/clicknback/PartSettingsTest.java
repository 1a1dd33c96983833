package com.clicknback;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartSettingsTest {
    private static final Address ANY_DATABASE = new Address("postgresql://127.0.0.1:1/none", "nobody", "secret");

    @Test
    void aHostIsFoundWhereTheFileOfHostsHasMovedIt(@TempDir Path folder) throws IOException {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.2 moved\n");
        VertxOptions options = new PartSettings(TestConfig.of(ANY_DATABASE, Map.of())).vertx();
        options.getAddressResolverOptions().setHostsPath(hosts.toString());
        Vertx vertx = Vertx.vertx(options);
        try {
            NetServer server = vertx.createNetServer()
                    .connectHandler(socket -> {})
                    .listen(0, "127.0.0.1")
                    .await();
            NetClient client = vertx.createNetClient();
            Waiting.until("nobody listens there", () -> !connects(client, server.actualPort()));

            Files.writeString(hosts, "127.0.0.1 moved\n");

            Waiting.until("the other address is tried", () -> connects(client, server.actualPort()));
        } finally {
            vertx.close().await();
        }
    }

    private static boolean connects(NetClient client, int port) {
        return client.connect(port, "moved")
                .transform(tried -> Future.succeededFuture(tried.succeeded()))
                .await();
    }
}
