package com.clicknback.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.audit.Actor.Type;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The columns of the audit log that hold an actor. */
class StoredActorTest {
    private static final UUID ID = UUID.fromString("0190f3a8-0000-7000-8000-0000000000aa");

    static Stream<Actor> actors() {
        return Stream.of(
                Actor.system("verification:1"),
                Actor.system("partner_events"),
                Actor.system("partner:nobody request:r"),
                Actor.admin(ID, "r"),
                Actor.user(ID, "partner:" + ID + " request:r"),
                Actor.partner(ID, "r"),
                Actor.partner(ID, "two words\nand lines"));
    }

    @ParameterizedTest
    @MethodSource("actors")
    void comesBackAsItWas(Actor actor) {
        assertThat(StoredActor.of(actor).toActor()).isEqualTo(actor);
    }

    @Test
    void isTheSystemForAPartner() {
        assertThat(StoredActor.of(Actor.partner(ID, "r")))
                .isEqualTo(new StoredActor(Type.SYSTEM, null, "partner:" + ID + " request:r"));
    }

    @Test
    void leavesTheAuthorOfAddedWorkToTheSystemUnlessAPartnerActs() {
        assertThat(Actor.admin(ID, "r").ofAddedWork()).isEqualTo(Actor.system("r"));
        assertThat(Actor.partner(ID, "r").ofAddedWork()).isEqualTo(Actor.partner(ID, "r"));
    }
}
