package com.clicknback.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.ops.Reading;
import com.clicknback.platform.ops.Reading.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveWindowTest {
    private static final Instant START = Instant.parse("2026-05-04T10:00:00Z");
    private static final String SHOP = UUID.randomUUID().toString();
    private static final String OTHER = "other";

    private static Reading reading(long accepted, Map<Verdict, Long> verdicts) {
        return new Reading(accepted, accepted / 10, accepted / 2, 0.123_456, 7, verdicts);
    }

    private static Reading reading(long accepted) {
        return reading(accepted, Map.of());
    }

    @Test
    void aSampleIsTheRiseOfTheCountersSinceTheOneBefore() {
        LiveWindow window = new LiveWindow(reading(1_000));

        window.add(START, reading(1_500));
        window.add(START.plusSeconds(5), reading(1_520));

        assertThat(window.samples())
                .containsExactly(
                        new LiveSample(START, 500, 250, 50, Map.of(), 0.123, 7),
                        new LiveSample(START.plusSeconds(5), 20, 10, 2, Map.of(), 0.123, 7));
    }

    @Test
    void keepsAQuarterOfAnHour() {
        LiveWindow window = new LiveWindow(reading(0));
        for (int i = 1; i <= 200; i++) {
            window.add(START.plusSeconds(5L * i), reading(10L * i, Map.of(new Verdict(SHOP, "accepted"), 10L * i)));
        }

        assertThat(window.samples()).hasSize(180);
        assertThat(window.samples().get(0).at()).isEqualTo(START.plusSeconds(5 * 21));
        assertThat(window.partners())
                .singleElement()
                .satisfies(shop -> assertThat(shop.accepted()).isEqualTo(1_800));
    }

    @Test
    void addsUpRejectionsByCodeAndVerdictsByPartner() {
        LiveWindow window = new LiveWindow(reading(0, Map.of(new Verdict(SHOP, "USER_NOT_FOUND"), 40L)));

        window.add(
                START,
                reading(
                        5,
                        Map.of(
                                new Verdict(SHOP, "USER_NOT_FOUND"), 41L,
                                new Verdict(SHOP, "accepted"), 2L,
                                new Verdict(SHOP, "duplicate"), 3L,
                                new Verdict(OTHER, "USER_NOT_FOUND"), 9L)));

        assertThat(window.samples().get(0).rejections()).isEqualTo(Map.of("USER_NOT_FOUND", 10L));
        assertThat(window.partners())
                .containsExactly(
                        new PartnerVerdicts(null, 0, 0, Map.of("USER_NOT_FOUND", 9L)),
                        new PartnerVerdicts(UUID.fromString(SHOP), 2, 3, Map.of("USER_NOT_FOUND", 1L)));
    }

    @Test
    void showsTheBusiestPartnersOnly() {
        Map<Verdict, Long> verdicts = new HashMap<>();
        for (long i = 1; i <= 50; i++) {
            verdicts.put(new Verdict(UUID.randomUUID().toString(), "accepted"), i);
        }
        LiveWindow window = new LiveWindow(reading(0));

        window.add(START, reading(0, verdicts));

        assertThat(window.partners()).hasSize(20);
        assertThat(window.partners().get(0).accepted()).isEqualTo(50);
        assertThat(window.partners().get(19).accepted()).isEqualTo(31);
    }
}
