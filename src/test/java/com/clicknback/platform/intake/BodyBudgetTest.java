package com.clicknback.platform.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A budget of 400 bytes and 8 arriving bodies, of which one client has at most a quarter. */
class BodyBudgetTest {
    private final BodyBudget budget = new BodyBudget(400, 8);

    private BodyBudget.Claim claim(int client) {
        try {
            return budget.claim(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) client}));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
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
        claim(1).arrive();
        BodyBudget.Claim second = claim(1);
        second.arrive();

        assertOverloaded(() -> claim(1).arrive());
        claim(2).arrive();
        second.arrived();
        claim(1).arrive();
    }

    @Test
    void allClientsTogetherHaveTheWhole() {
        IntStream.rangeClosed(1, 4).forEach(client -> {
            claim(client).take(100);
            claim(client).arrive();
            claim(client).arrive();
        });

        assertOverloaded(() -> claim(5).take(1));
        assertOverloaded(() -> claim(5).arrive());
    }

    @Test
    void aReleasedClaimIsThereForOthers() {
        BodyBudget.Claim claim = claim(1);
        claim.take(100);
        claim.arrive();

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
}
