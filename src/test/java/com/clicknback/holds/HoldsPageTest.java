package com.clicknback.holds;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PartnerPurchase;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of the page on amounts that tells when cashback becomes money, carried out row by row. */
@ExtendWith(ServiceExtension.class)
class HoldsPageTest {
    private static final String HEAD = "| Hold | Then | Pending | Available | Because |";

    private final TestService service;
    private final Scenario given;
    private final TestClock clock;

    HoldsPageTest(TestService service, Scenario given, TestClock clock) {
        this.service = service;
        this.given = given;
        this.clock = clock;
    }

    static Stream<Arguments> rows() {
        try {
            List<String> page = Files.readAllLines(Path.of("docs", "amounts.md"));
            return page.subList(page.indexOf(HEAD) + 2, page.size()).stream()
                    .takeWhile(line -> line.startsWith("|"))
                    .map(line -> line.substring(1).split("\\|"))
                    .map(cells -> Arguments.of(
                            Integer.parseInt(cells[0].strip()),
                            List.of(cells[1].strip().split(", ")),
                            cells[2].strip(),
                            cells[3].strip()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0} days: {1}")
    @MethodSource("rows")
    void isAsThePageSays(int holdDays, List<String> story, String pending, String available) {
        Session user = given.member();
        JsonObject merchant = JsonObject.of("name", Scenario.unique("Holding"), "hold_days", holdDays)
                .put("default_cashback_percentage", 10);
        UUID merchantId = UUID.fromString(
                given.asAdmin().post("/merchants", merchant).expect(201).json().getString("id"));
        PartnerPurchase purchase = given.partnerPurchase(given.partner(), user.userId(), merchantId, "100.00");
        UUID id = purchase.arriveCredited();
        story.forEach(step -> take(purchase, id, step));
        JsonObject wallet = given.wallet(given.session(user.userId()));
        assertThat(List.of(wallet.getString("pending_balance"), wallet.getString("available_balance")))
                .isEqualTo(Arrays.asList(pending, available));
    }

    private void take(PartnerPurchase purchase, UUID id, String step) {
        String path = "/purchases/" + id;
        switch (step) {
            case "confirmed" -> given.asAdmin().post(path + "/confirmation").expect(200);
            case "reversed" -> given.asAdmin().patch(path + "/reverse", null).expect(200);
            case "released" -> given.asAdmin().post(path + "/release").expect(200);
            case "40 % refunded" ->
                purchase.tell(purchase.refund(1, "r-1", "40.00")).expect(200);
            case "corrected to half" ->
                purchase.tell(purchase.correction(1, "c-1", "50.00")).expect(200);
            default -> {
                assertThat(step).matches("[0-9]+ days");
                clock.advance(Duration.ofDays(Integer.parseInt(step.split(" ")[0])));
                service.runReleases();
            }
        }
    }
}
