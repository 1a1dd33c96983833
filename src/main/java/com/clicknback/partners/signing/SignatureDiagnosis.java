package com.clicknback.partners.signing;

import com.clicknback.partners.signing.MistakenBodies.Body;
import com.clicknback.partners.signing.SignatureTest.Finding;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The search for what is wrong with a signature. It tries the signature against each secret, over what should have been
 * signed and over what senders sign by mistake, the fewest mistakes first.
 */
public final class SignatureDiagnosis {
    private static final String ID = "webhook-id";
    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String SIGNATURE = "webhook-signature";

    /** In seconds it is in the year 5138; in milliseconds it was in 1973. */
    private static final long MILLISECONDS_MIN = 100_000_000_000L;

    private static final long MILLISECONDS_PER_SECOND = 1_000;

    private final int toleranceSeconds;

    /**
     * @param toleranceSeconds the longest time between a message and now, in either direction
     */
    public SignatureDiagnosis(int toleranceSeconds) {
        this.toleranceSeconds = toleranceSeconds;
    }

    /** A text that may stand for the body's time, or for the whole head, with the mistake that it is. */
    private record Head(@Nullable SignatureFinding mistake, String text) {}

    private record Key(@Nullable SignatureFinding mistake, byte[] bytes) {}

    /** One way to make a signature. */
    private record Way(Head head, Body body, Key key) {
        List<SignatureFinding> mistakes() {
            return Stream.of(key.mistake(), head.mistake(), body.mistake())
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    private record Match(TestedSecret secret, List<SignatureFinding> mistakes) {}

    /**
     * Tests a message. Takes long for a long body: not for an event loop.
     *
     * @param secrets those that count before others
     * @param expired the ids of those that no longer count
     * @param obstacles what keeps the partner from being let in, whatever it signs
     */
    public SignatureTest test(
            SignedMessage message,
            List<TestedSecret> secrets,
            Set<UUID> expired,
            List<SignatureFinding> obstacles,
            Instant now) {
        List<Finding> findings = new ArrayList<>();
        obstacles.forEach(obstacle -> findings.add(Finding.of(obstacle)));
        findings.addAll(headerFindings(message));
        OptionalLong time = WebhookForm.seconds(message.timestamp());
        Long skewSeconds = null;
        if (time.isPresent()) {
            boolean inMilliseconds = time.getAsLong() >= MILLISECONDS_MIN;
            long seconds = inMilliseconds ? time.getAsLong() / MILLISECONDS_PER_SECOND : time.getAsLong();
            skewSeconds = seconds - now.getEpochSecond();
            findings.addAll(timeFindings(inMilliseconds, skewSeconds));
        }
        Match match = message.id() == null || time.isEmpty() || message.signature() == null || secrets.isEmpty()
                ? null
                : match(message, secrets, findings);
        if (match != null && expired.contains(match.secret().id())) {
            findings.add(Finding.of(SignatureFinding.SECRET_EXPIRED));
        }
        return new SignatureTest(
                findings.isEmpty(),
                match == null ? null : match.secret().id(),
                skewSeconds,
                toleranceSeconds,
                signed(message),
                List.copyOf(findings));
    }

    private static List<Finding> headerFindings(SignedMessage message) {
        List<Finding> findings = new ArrayList<>();
        if (message.id() == null) {
            findings.add(Finding.of(SignatureFinding.HEADER_MISSING, ID));
        } else if (!WebhookForm.isId(message.id())) {
            findings.add(Finding.of(SignatureFinding.HEADER_MALFORMED, ID));
        }
        if (message.timestamp() == null) {
            findings.add(Finding.of(SignatureFinding.HEADER_MISSING, TIMESTAMP));
        } else if (WebhookForm.seconds(message.timestamp()).isEmpty()) {
            findings.add(Finding.of(SignatureFinding.HEADER_MALFORMED, TIMESTAMP));
        }
        if (message.signature() == null) {
            findings.add(Finding.of(SignatureFinding.HEADER_MISSING, SIGNATURE));
        }
        return findings;
    }

    private List<Finding> timeFindings(boolean inMilliseconds, long skewSeconds) {
        List<Finding> findings = new ArrayList<>();
        if (inMilliseconds) {
            findings.add(Finding.of(SignatureFinding.TIMESTAMP_IN_MILLISECONDS, TIMESTAMP));
        }
        if (Math.abs(skewSeconds) > toleranceSeconds) {
            findings.add(
                    Finding.of(skewSeconds < 0 ? SignatureFinding.TOO_OLD : SignatureFinding.TOO_EARLY, TIMESTAMP));
        }
        return findings;
    }

    private static @Nullable Match match(SignedMessage message, List<TestedSecret> secrets, List<Finding> findings) {
        List<SentSignature> sent = SentSignature.all(Objects.requireNonNull(message.signature()));
        Match match = search(message, secrets, sent);
        if (match == null) {
            sent.stream()
                    .flatMap(entry -> entry.mistakes().stream())
                    .distinct()
                    .forEach(mistake -> findings.add(Finding.of(mistake, SIGNATURE)));
            findings.add(Finding.of(SignatureFinding.NO_MATCH));
            return null;
        }
        match.mistakes().forEach(mistake -> findings.add(Finding.of(mistake)));
        return match;
    }

    private static @Nullable Match search(SignedMessage message, List<TestedSecret> secrets, List<SentSignature> sent) {
        List<Head> heads = heads(Objects.requireNonNull(message.id()), Objects.requireNonNull(message.timestamp()));
        List<Body> bodies = MistakenBodies.of(message.body());
        Match best = null;
        for (TestedSecret secret : secrets) {
            List<Way> ways = keys(secret.secret()).stream()
                    .flatMap(key ->
                            heads.stream().flatMap(head -> bodies.stream().map(body -> new Way(head, body, key))))
                    .sorted(Comparator.comparingInt(way -> way.mistakes().size()))
                    .toList();
            Match found = first(secret, ways, sent);
            if (found != null
                    && (best == null
                            || found.mistakes().size() < best.mistakes().size())) {
                best = found;
            }
        }
        return best;
    }

    private static @Nullable Match first(TestedSecret secret, List<Way> ways, List<SentSignature> sent) {
        for (Way way : ways) {
            byte[] digest = digest(way);
            for (SentSignature entry : sent) {
                if (entry.digest() != null && MessageDigest.isEqual(digest, entry.digest())) {
                    List<SignatureFinding> mistakes = new ArrayList<>(way.mistakes());
                    mistakes.addAll(entry.mistakes());
                    return new Match(secret, mistakes);
                }
            }
        }
        return null;
    }

    private static List<Head> heads(String id, String timestamp) {
        List<Head> heads = new ArrayList<>();
        heads.add(new Head(null, id + '.' + timestamp + '.'));
        heads.add(new Head(SignatureFinding.CONTENT_WITHOUT_ID, timestamp + '.'));
        heads.add(new Head(SignatureFinding.CONTENT_WITHOUT_ID_AND_TIMESTAMP, ""));
        long time = WebhookForm.seconds(timestamp).orElseThrow();
        if (time >= MILLISECONDS_MIN) {
            long seconds = time / MILLISECONDS_PER_SECOND;
            heads.add(new Head(SignatureFinding.TIMESTAMP_SIGNED_IN_SECONDS, id + '.' + seconds + '.'));
        } else {
            heads.add(new Head(SignatureFinding.TIMESTAMP_SIGNED_IN_MILLISECONDS, id + '.' + timestamp + "000."));
        }
        return heads;
    }

    private static List<Key> keys(WebhookSecret secret) {
        byte[] right = secret.key().getBytes();
        return List.of(
                new Key(null, right),
                new Key(SignatureFinding.SECRET_WITH_PREFIX, ascii(secret.text())),
                new Key(SignatureFinding.SECRET_NOT_DECODED, Base64.getEncoder().encode(right)));
    }

    private static byte[] digest(Way way) {
        try {
            Mac mac = Mac.getInstance(WebhookSignature.ALGORITHM);
            mac.init(new SecretKeySpec(way.key().bytes(), WebhookSignature.ALGORITHM));
            mac.update(way.head().text().getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(way.body().bytes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + WebhookSignature.ALGORITHM, e);
        }
    }

    private static SignatureTest.Signed signed(SignedMessage message) {
        boolean whole = message.id() != null && message.timestamp() != null;
        byte[] body = message.bytes();
        return new SignatureTest.Signed(
                whole ? message.id() + '.' + message.timestamp() + '.' : null,
                body.length,
                HexFormat.of().formatHex(sha256(body)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
