package com.clicknback.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Confirmations, rejections and reversals of one purchase at the same moment. */
@ExtendWith(ServiceExtension.class)
class RacingDecisionsTest {
    private final TestService service;
    private final Scenario given;
    private Session user;
    private ApiClient admin;
    private UUID merchant;

    RacingDecisionsTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @BeforeEach
    void aUserAtAMerchantOfFivePercent() {
        user = given.member();
        admin = given.asAdmin();
        merchant = given.merchant();
    }

    /** Many rounds: one wins, or a confirmation and then a reversal; everyone else is refused as specified. */
    @Test
    void whoeverRacesForAPurchaseFindsItDecidedOnce() {
        for (int round = 0; round < 40; round++) {
            UUID id = bought(round % 2 == 0);
            List<CompletableFuture<Reply>> racing = Stream.of(
                            decideAsync(id, "confirm"),
                            decideAsync(id, "reject"),
                            decideAsync(id, "reverse"),
                            decideAsync(id, "confirm"),
                            decideAsync(id, "reject"),
                            decideAsync(id, "reverse"))
                    .toList();
            List<Reply> replies = racing.stream().map(CompletableFuture::join).toList();
            assertLegal(id, replies);
        }
        service.requireCleanLedger();
    }

    private void assertLegal(UUID id, List<Reply> replies) {
        List<JsonObject> won = replies.stream()
                .filter(reply -> reply.status() == 200)
                .map(Reply::json)
                .toList();
        List<String> winners =
                won.stream().map(answer -> answer.getString("status")).sorted().toList();
        assertThat(winners)
                .isIn(List.of("confirmed"), List.of("rejected"), List.of("reversed"), List.of("confirmed", "reversed"));
        String end = winners.get(winners.size() - 1);
        String cashback = end.equals("reversed") ? "0.00" : "2.50";
        assertThat(shown(id)).startsWith(end).endsWith(cashback);
        Map<String, String> answered = Map.of("confirmed", "2.50", "rejected", "2.50", "reversed", "0.00");
        assertThat(won)
                .allSatisfy(answer -> assertThat(answer.getString("cashback_amount"))
                        .as("%s tells the amount after its own change", answer)
                        .isEqualTo(answered.get(answer.getString("status"))));
        for (int i = 0; i < replies.size(); i++) {
            Reply reply = replies.get(i);
            if (reply.status() != 200) {
                String code = reply.json().getJsonObject("error").getString("code");
                assertThat(reply.status()).isEqualTo(400);
                assertThat(code)
                        .isIn(
                                i % 3 == 2
                                        ? List.of("PURCHASE_ALREADY_REVERSED", "PURCHASE_NOT_REVERSIBLE")
                                        : List.of("PURCHASE_NOT_PENDING"));
            }
        }
        assertThat(auditOf(id))
                .filteredOn(row -> !row.getString("action").equals("CASHBACK_CREDITED"))
                .hasSize(won.size());
    }

    private UUID bought(boolean credited) {
        UUID id = given.buy(user, merchant, "50.00");
        if (credited) {
            service.awaitCredits();
        }
        return id;
    }

    private CompletableFuture<Reply> decideAsync(UUID id, String decision) {
        String path = "/purchases/" + id;
        return switch (decision) {
            case "confirm" -> admin.sendAsync("POST", path + "/confirmation", null);
            case "reject" -> admin.sendAsync("POST", path + "/rejection", JsonObject.of("reason", "returned"));
            default -> admin.sendAsync("PATCH", path + "/reverse", null);
        };
    }

    private String shown(UUID id) {
        JsonObject purchase = given.purchase(id);
        return purchase.getString("status") + " " + purchase.getString("cashback_amount");
    }

    private List<JsonObject> auditOf(UUID id) {
        return admin.get("/audit-logs?resource_id=" + id).data();
    }
}
