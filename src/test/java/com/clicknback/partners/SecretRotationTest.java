package com.clicknback.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partner that changes its secret while it floods two processes. */
class SecretRotationTest {
    private static final int SENDERS = 32;
    private static final int ROTATIONS = 3;

    /** Answers to await after each step, so that each sender has seen it more than once. */
    private static final int ANSWERS = 4 * SENDERS;

    private TestService service;
    private TestService other;
    private Scenario given;
    private UUID user;
    private UUID merchant;
    private UUID partnerId;
    private String secrets;

    private final AtomicInteger answers = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile Secret current;
    private volatile Secret before;
    private volatile boolean over;

    /** A secret, and how far its end has come. */
    private static final class Secret {
        private final String id;
        private final Partner signer;
        private volatile boolean endBegun;
        private volatile boolean endAnswered;

        Secret(String id, Partner signer) {
            this.id = id;
            this.signer = signer;
        }
    }

    @BeforeEach
    void startTwoProcesses() {
        service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock());
        other = service.another(Map.of());
        given = new Scenario(service);
        user = given.users(1).get(0);
        merchant = given.merchant();
        Partner partner = given.partner();
        partnerId = partner.id();
        secrets = "/partners/" + partnerId + "/secrets";
        current = new Secret(given.asAdmin().get(secrets).data().get(0).getString("id"), partner);
        before = current;
    }

    @AfterEach
    void close() {
        over = true;
        other.close();
        service.close();
    }

    @Test
    void aValidSecretIsNeverRefusedAndAnEndedOneAlways() throws InterruptedException {
        List<Thread> senders = new ArrayList<>();
        for (int n = 0; n < SENDERS; n++) {
            int number = n;
            Thread sender = new Thread(() -> send(number), "sender-" + n);
            sender.start();
            senders.add(sender);
        }
        awaitAnswers();
        for (int n = 0; n < ROTATIONS; n++) {
            rotate();
        }
        over = true;
        for (Thread sender : senders) {
            sender.join();
        }

        assertThat(wrong).isEmpty();
        service.awaitCredits();
        service.requireCleanLedger();
    }

    /** Adds a secret, signs with it, and deletes the one before. */
    private void rotate() {
        JsonObject added = given.asAdmin().post(secrets).expect(201).json();
        before = current;
        current = new Secret(added.getString("id"), new Partner(partnerId, added.getString("secret")));
        awaitAnswers();
        before.endBegun = true;
        given.asAdmin().delete(secrets + "/" + before.id).expect(204);
        before.endAnswered = true;
        awaitAnswers();
    }

    private void awaitAnswers() {
        int since = answers.get();
        Waiting.until("senders go on", () -> answers.get() - since > ANSWERS || !wrong.isEmpty());
    }

    /** Half of the senders are slow to notice a new secret: they go on with the one before. */
    private void send(int number) {
        ApiClient api = (number % 2 == 0 ? service : other).api();
        while (!over) {
            Secret secret = number % 4 < 2 ? current : before;
            String body = given.event(given.purchase(user, merchant, "10.00")).encode();
            boolean ended = secret.endAnswered;
            Reply reply = api.with(secret.signer.sign(body, service.clock().instant()))
                    .post(secret.signer.purchasesPath(), body);
            boolean valid = !secret.endBegun;
            if (valid && reply.status() != 201 || ended && reply.status() != 401) {
                wrong.add("sender " + number + (ended ? " with an ended" : " with a valid") + " secret: " + reply);
            }
            answers.incrementAndGet();
        }
    }
}
