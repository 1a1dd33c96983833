package com.clicknback.partners.deliveries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.clicknback.partners.deliveries.DeliveryLog.Drained;
import com.clicknback.partners.deliveries.DeliveryLog.Waiting;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Delivery;
import com.clicknback.platform.ops.Metrics;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The deliveries that wait to be recorded. */
class DeliveryLogTest {
    private static final UUID PARTNER = UUID.randomUUID();
    private static final UUID SECRET = UUID.randomUUID();

    private final DeliveryLog log =
            new DeliveryLog(new TimeOrderedIds(Clock.systemUTC()), Clock.systemUTC(), new Metrics());

    private static Delivery accepted(UUID partnerId, int number) {
        return delivery(partnerId, SECRET, number, Answer.created(Map.of()), null);
    }

    private static Delivery refused(int number) {
        DomainException refusal =
                new DomainException(ErrorCode.INVALID_SIGNATURE, "No.").because(SignatureFault.MISMATCH);
        return delivery(PARTNER, null, number, null, refusal);
    }

    private static Delivery delivery(
            UUID partnerId, @Nullable UUID secretId, int number, @Nullable Answer answer, @Nullable Throwable failure) {
        return new Delivery(
                partnerId.toString(), secretId, "ingestPurchaseWebhook", "request", "m" + number, answer, failure);
    }

    @Test
    void keepsTheLatestOfEachPartnerAndKindAndCountsTheOthers() {
        UUID other = UUID.randomUUID();
        log.add(accepted(other, 0));
        log.add(refused(1));
        for (int i = 0; i < 50; i++) {
            log.add(accepted(PARTNER, i));
        }

        Drained drained = log.drain();

        assertThat(drained.deliveries()).hasSize(22);
        assertThat(drained.deliveries().stream().filter(one -> one.partnerId().equals(other)))
                .extracting(one -> one.delivery().omittedBefore())
                .containsExactly(0);
        assertThat(drained.deliveries().stream().filter(one -> one.delivery().refused()))
                .extracting(one -> one.delivery().messageId())
                .containsExactly("m1");
        assertThat(drained.deliveries().stream()
                        .filter(one -> one.partnerId().equals(PARTNER)
                                && !one.delivery().refused())
                        .map(Waiting::delivery))
                .extracting(PartnerDelivery::messageId, PartnerDelivery::omittedBefore)
                .startsWith(tuple("m30", 30), tuple("m31", 0))
                .endsWith(tuple("m49", 0));
    }

    @Test
    void drainsOnceAndHasRoomAgain() {
        for (int i = 0; i < 10_000; i++) {
            log.add(accepted(UUID.randomUUID(), i));
        }

        assertThat(log.drain().deliveries()).hasSize(8_192);
        assertThat(log.drain().deliveries()).isEmpty();

        log.add(accepted(PARTNER, 1));
        assertThat(log.drain().deliveries()).hasSize(1);
    }

    @Test
    void tellsTheLatestUseOfEachSecret() {
        log.add(accepted(PARTNER, 1));
        log.add(accepted(PARTNER, 2));
        log.add(refused(3));

        Drained drained = log.drain();

        assertThat(drained.uses())
                .containsExactly(new SecretUse(
                        SECRET,
                        drained.deliveries().stream()
                                .filter(one -> "m2".equals(one.delivery().messageId()))
                                .findFirst()
                                .orElseThrow()
                                .delivery()
                                .receivedAt()));
        assertThat(log.drain().uses()).isEmpty();
    }
}
