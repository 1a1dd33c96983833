package com.clicknback.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Sixteen places. */
class AdmissionTest {
    private final Admission admission = new Admission(16);

    private static InetAddress client(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) number});
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean refuses(ThrowingCallable step) {
        DomainException refusal = catchThrowableOfType(DomainException.class, step);
        if (refusal != null) {
            assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
        }
        return refusal != null;
    }

    private Admission.Place place(int client) {
        return admission.place(client(client));
    }

    private Admission.Place entered(int client) {
        Admission.Place place = place(client);
        place.enter();
        return place;
    }

    private List<Admission.Place> fill(int client) {
        List<Admission.Place> entered = new ArrayList<>();
        for (Admission.Place next = place(client); !refuses(next::enter); next = place(client)) {
            entered.add(next);
        }
        return entered;
    }

    @Test
    void oneClientAloneHasSevenEighthsAndOthersFindRoom() {
        assertThat(fill(1)).hasSize(14);
        assertThat(admission.isCrowded()).isTrue();
        assertThat(admission.isFullFor(client(1))).isTrue();
        assertThat(admission.isFullFor(client(2))).isFalse();

        entered(2);
        entered(3);
        assertThat(admission.isFullFor(client(4))).isTrue();
        assertThat(refuses(place(4)::enter)).isTrue();
    }

    @Test
    void aClientThatHoldsMuchGetsNothingBackWhileOthersNeedIt() {
        List<Admission.Place> held = fill(1);
        entered(2);

        held.get(0).end();
        entered(1);
        entered(3);
        held.get(1).end();

        assertThat(refuses(place(1)::enter)).isTrue();
        entered(2);
    }

    @Test
    void aPartnerIsBoundThroughAnyNumberOfClients() {
        UUID flooding = UUID.randomUUID();
        List<Admission.Place> all =
                IntStream.range(0, 16).mapToObj(this::entered).toList();
        // Counted as they come in, not when all are there
        all.forEach(Admission.Place::leave);
        List<Boolean> refused = new ArrayList<>();
        for (Admission.Place each : all) {
            each.enter();
            refused.add(refuses(() -> each.enterAs(flooding)));
        }
        assertThat(refused.subList(0, 14)).containsOnly(false);
        assertThat(refused.subList(14, 16)).containsOnly(true);

        all.get(15).enterAs(UUID.randomUUID());
        all.get(0).end();
        Admission.Place next = entered(0);
        assertThat(refuses(() -> next.enterAs(flooding))).isTrue();
    }

    @Test
    void aFewPlacesAreForAnybody() {
        for (int max = 1; max < 8; max++) {
            Admission small = new Admission(max);
            for (int n = 0; n < max; n++) {
                assertThat(small.isCrowded()).isFalse();
                small.place(client(1)).enter();
            }
            assertThat(refuses(small.place(client(1))::enter)).isTrue();
        }
    }

    @Test
    void whatIsGivenBackIsGivenBackOnce() {
        UUID partner = UUID.randomUUID();
        for (int n = 0; n < 100; n++) {
            Admission.Place place = entered(1);
            place.enterAs(partner);
            place.leave();
            place.enter();
            place.end();
            place.end();
        }
        assertThat(fill(1)).hasSize(14);
    }
}
