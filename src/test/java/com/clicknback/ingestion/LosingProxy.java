package com.clicknback.ingestion;

import static com.clicknback.testing.TestService.await;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Stands between a service and its database and loses, once, the answer to a statement that the database has carried
 * out: the connection breaks after the commit.
 */
final class LosingProxy {
    /** The server's completion tag of a SELECT, with a WITH clause too; never part of our rows. */
    private static final String DONE = "SELECT ";

    private final NetServer server;
    private final NetClient client;
    private volatile String statementToLose = "";

    LosingProxy(Vertx vertx, URI database) {
        client = vertx.createNetClient();
        server = vertx.createNetServer(new NetServerOptions().setHost("127.0.0.1"))
                .connectHandler(incoming -> {
                    incoming.pause();
                    client.connect(database.getPort(), database.getHost())
                            .onSuccess(outgoing -> new Link(incoming, outgoing).open())
                            .onFailure(failure -> incoming.close());
                });
        await(server.listen(0));
    }

    int port() {
        return server.actualPort();
    }

    /** Loses the next answer to a statement that contains a text and is new to its connection. */
    void loseAnswerTo(String statement) {
        statementToLose = statement;
    }

    private final class Link {
        private final NetSocket incoming;
        private final NetSocket outgoing;
        private boolean losing;

        Link(NetSocket incoming, NetSocket outgoing) {
            this.incoming = incoming;
            this.outgoing = outgoing;
        }

        void open() {
            incoming.handler(this::ask);
            outgoing.handler(this::answer);
            incoming.closeHandler(closed -> outgoing.close());
            outgoing.closeHandler(closed -> incoming.close());
            incoming.resume();
        }

        private void ask(Buffer sent) {
            if (!statementToLose.isEmpty() && text(sent).contains(statementToLose)) {
                losing = true;
                statementToLose = "";
            }
            outgoing.write(sent);
        }

        private void answer(Buffer received) {
            if (losing && text(received).contains(DONE)) {
                incoming.close();
            } else {
                incoming.write(received);
            }
        }

        private static String text(Buffer bytes) {
            return bytes.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
