package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServiceExtension.class)
class MainFlowTest {
    private final TestService service;
    private final Scenario given;

    MainFlowTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @Test
    void aSignedWebhookBecomesCashbackInAWallet() {
        Session alice = given.user();
        UUID merchant = given.merchant();
        given.offer(merchant, "percent", "10", "100");
        Partner partner = given.partner();

        given.report(partner, given.purchase(alice.userId(), merchant, "80.00")).expect(201);

        assertThat(given.wallet(alice).getString("pending_balance")).isEqualTo("8.00");
        service.runVerification();
        assertThat(given.wallet(alice).getString("available_balance")).isEqualTo("8.00");
        service.requireCleanLedger();
    }
}
