package com.clicknback.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A budget of 400 bytes and 8 arriving bodies, of which one client has at most a quarter. */
class BodyBudgetTest {
    private static final Runnable NOBODY = () -> {
        throw new AssertionError("made room");
    };

    private final AtomicLong nowMs = new AtomicLong();
    private final BodyBudget budget = new BodyBudget(400, 8, nowMs::get);
    private final List<String> ended = new ArrayList<>();

    private BodyBudget.Claim claim(int client) {
        try {
            return budget.claim(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) client}));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private BodyBudget.Claim arriving(int client, long bytes) {
        BodyBudget.Claim claim = claim(client);
        claim.take(bytes);
        claim.arrive(() -> ended.add(client + ":" + bytes));
        return claim;
    }

    private static void assertOverloaded(ThrowingCallable claimed) {
        assertThat(catchThrowableOfType(DomainException.class, claimed).code()).isEqualTo(ErrorCode.OVERLOADED);
    }

    @Test
    void oneClientHasAQuarterOfTheBytes() {
        claim(1).take(60);
        BodyBudget.Claim second = claim(1);
        second.take(40);

        assertOverloaded(() -> second.take(1));
        assertOverloaded(() -> claim(1).take(1));
        assertOverloaded(() -> claim(2).take(101));
        claim(2).take(100);
    }

    @Test
    void oneClientHasAQuarterOfTheArrivingBodies() {
        claim(1).arrive(NOBODY);
        BodyBudget.Claim second = claim(1);
        second.arrive(NOBODY);

        assertOverloaded(() -> claim(1).arrive(NOBODY));
        claim(2).arrive(NOBODY);
        second.arrived();
        claim(1).arrive(NOBODY);
    }

    @Test
    void allClientsTogetherHaveTheWhole() {
        IntStream.rangeClosed(1, 4).forEach(client -> {
            claim(client).take(100);
            claim(client).arrive(NOBODY);
            claim(client).arrive(NOBODY);
        });

        assertOverloaded(() -> claim(5).take(1));
        assertOverloaded(() -> claim(5).arrive(NOBODY));
    }

    @Test
    void aReleasedClaimIsThereForOthers() {
        BodyBudget.Claim claim = claim(1);
        claim.take(100);
        claim.arrive(NOBODY);

        claim.release();
        claim.release();

        claim(1).take(100);
        assertOverloaded(() -> claim(1).take(1));
    }

    @Test
    void whatWasRefusedTakesNothing() {
        assertOverloaded(() -> claim(1).take(101));

        claim(1).take(100);
    }

    @Test
    void anArrivingBodyMakesRoomForOneOfAnotherClient() {
        BodyBudget.Claim slow = arriving(1, 100);
        IntStream.rangeClosed(2, 4).forEach(client -> claim(client).take(100));
        assertOverloaded(() -> claim(5).take(1));

        nowMs.addAndGet(1);
        claim(5).take(60);

        assertThat(ended).containsExactly("1:100");
        assertOverloaded(() -> slow.take(0));
        slow.release();
        claim(6).take(40);
        assertOverloaded(() -> claim(7).take(1));
    }

    @Test
    void theBodyMakesRoomWhoseClientHasMostForLongest() {
        arriving(1, 10);
        nowMs.addAndGet(10);
        arriving(2, 90);
        arriving(3, 100);
        arriving(4, 100);
        claim(5).take(100);
        nowMs.addAndGet(2);

        claim(6).take(80);
        assertThat(ended).containsExactly("3:100");
    }

    @Test
    void aBodyMakesRoomWhenTooManyArrive() {
        IntStream.rangeClosed(1, 4).forEach(client -> {
            arriving(client, client);
            arriving(client, client);
        });
        nowMs.addAndGet(1);

        arriving(5, 1);

        assertThat(ended).containsExactly("1:1");
    }

    @Test
    void theHeaviestItselfGetsNoMore() {
        BodyBudget.Claim heaviest = arriving(1, 90);
        IntStream.rangeClosed(2, 4).forEach(client -> claim(client).take(100));
        nowMs.addAndGet(1);

        assertOverloaded(() -> heaviest.take(11));
        heaviest.take(10);
        assertThat(ended).isEmpty();
    }
}
