package com.clicknback.partners;

import com.clicknback.audit.Actor;
import com.clicknback.partners.SecretStore.Tested;
import com.clicknback.partners.SecretStore.Wrapped;
import com.clicknback.partners.signing.SignatureDiagnosis;
import com.clicknback.partners.signing.SignatureFinding;
import com.clicknback.partners.signing.SignatureTest;
import com.clicknback.partners.signing.SignedMessage;
import com.clicknback.partners.signing.TestedSecret;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.security.SecurityLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The tests of signatures that administrators ask for. Each is told to the security log. */
final class SignatureTests {
    /** The newest ones. More would only make a test take longer. */
    private static final int SECRETS_MAX = 10;

    private final Database database;
    private final SecretCipher cipher;
    private final Clock clock;
    private final SignatureDiagnosis diagnosis;
    private final SecurityLog security = new SecurityLog();

    SignatureTests(Database database, SecretCipher cipher, Clock clock, int toleranceSeconds) {
        this.database = database;
        this.cipher = cipher;
        this.clock = clock;
        this.diagnosis = new SignatureDiagnosis(toleranceSeconds);
    }

    Future<SignatureTest> run(Vertx vertx, Partner partner, SignedMessage message, Actor actor) {
        return SecretStore.findTested(database, partner.id(), SECRETS_MAX, clock.instant())
                .compose(newest -> {
                    List<Tested> found = newest.stream()
                            .sorted(Comparator.comparing(Tested::expired))
                            .toList();
                    List<SignatureFinding> obstacles = new ArrayList<>();
                    List<TestedSecret> secrets = unwrap(partner.id(), found, obstacles);
                    if (!partner.active()) {
                        obstacles.add(SignatureFinding.PARTNER_INACTIVE);
                    }
                    if (found.stream().allMatch(Tested::expired)) {
                        obstacles.add(SignatureFinding.PARTNER_WITHOUT_SECRET);
                    }
                    Set<UUID> expired = found.stream()
                            .filter(Tested::expired)
                            .map(one -> one.secret().id())
                            .collect(Collectors.toSet());
                    return vertx.executeBlocking(
                            () -> diagnosis.test(message, secrets, expired, obstacles, clock.instant()), false);
                })
                .onSuccess(test -> security.signatureTested(partner.id(), actor.id(), actor.cause(), test.accepted()));
    }

    private List<TestedSecret> unwrap(UUID partnerId, List<Tested> found, List<SignatureFinding> obstacles) {
        List<TestedSecret> secrets = new ArrayList<>();
        for (Tested tested : found) {
            Wrapped one = tested.secret();
            try {
                secrets.add(new TestedSecret(one.id(), cipher.unwrap(partnerId, one.id(), one.secret())));
            } catch (IllegalStateException unreadable) {
                obstacles.add(SignatureFinding.SECRET_UNREADABLE);
            }
        }
        return secrets;
    }
}
