package com.clicknback.users;

import com.clicknback.platform.errors.DomainException;
import com.password4j.Argon2Function;
import com.password4j.BcryptFunction;
import com.password4j.HashingFunction;
import com.password4j.types.Argon2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and verifies passwords on threads of its own. New hashes are Argon2id; stored ones may be bcrypt too. All UTF-8
 * bytes of a password count, its characters composed; only bcrypt itself ignores those after the 72nd.
 */
final class Passwords {
    private static final long BYTES_OF_A_KIB = 1_024;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;

    /** The part of the heap that hashes under way may fill, each with its memory. */
    private static final int HEAP_SHARES = 4;

    static final int THREADS = threads(
            Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory());

    /** A burst of this many is worked off before its senders give up. */
    static final int PENDING_MAX = 100;

    private static final int HASHING_TIME_MAX_S = 10;

    private static final Pattern ARGON2 = Pattern.compile(
            "\\$argon2(?:id|i|d)\\$v=\\d{1,3}\\$m=\\d{1,9},t=\\d{1,4},p=\\d{1,3}\\$[A-Za-z0-9+/]+\\$[A-Za-z0-9+/]+");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[abxy]?\\$\\d{2}\\$[./A-Za-z0-9]{53}");

    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger pending = new AtomicInteger();
    private final WorkerExecutor threads;
    private final PasswordCost cost;
    private final String currentForm;
    private final String hashOfNobody;

    /**
     * @param cost that of new hashes; stored ones tell theirs
     */
    Passwords(Vertx vertx, PasswordCost cost) {
        this.cost = cost;
        currentForm = "$argon2id$v=" + Argon2Function.ARGON2_VERSION_13 + "$m=" + cost.memoryKib() + ",t="
                + cost.iterations() + ",p=" + LANES + "$";
        threads = vertx.createSharedWorkerExecutor("password-hashing", THREADS, HASHING_TIME_MAX_S, TimeUnit.SECONDS);
        hashOfNobody = hashOfNothing();
    }

    /** Hashing is pure computing: more threads would only take time from the event loops. */
    static int threads(int cores, long heapBytes) {
        long fitting = heapBytes / HEAP_SHARES / (PasswordCost.OWASP.memoryKib() * BYTES_OF_A_KIB);
        return (int) Math.max(1, Math.min(Math.max(2, cores / 2), fitting));
    }

    /** The hash to store for a new password; fails with OVERLOADED when too many wait. */
    Future<String> hash(String password) {
        byte[] salt = randomBytes(SALT_BYTES);
        return bounded(() -> current().hash(bytes(normalise(password)), salt).getResult());
    }

    /**
     * True when a password is the one that was hashed. Fails with OVERLOADED when too many wait.
     *
     * @param storedHash null when there is none; the answer false then takes as long as for a current hash
     */
    Future<Boolean> matches(String password, @Nullable String storedHash) {
        String expected = storedHash == null ? hashOfNobody : storedHash;
        return bounded(() -> functionOf(expected).check(bytes(normalise(password)), bytes(expected)));
    }

    /** True when a stored hash has the form that {@link #hash} makes today. */
    boolean isCurrent(String storedHash) {
        return storedHash.startsWith(currentForm);
    }

    private <T> Future<T> bounded(Callable<T> work) {
        if (pending.incrementAndGet() > PENDING_MAX) {
            pending.decrementAndGet();
            return Future.failedFuture(DomainException.overloaded());
        }
        return threads.executeBlocking(work, false).onComplete(done -> pending.decrementAndGet());
    }

    private Argon2Function current() {
        return Argon2Function.getInstance(cost.memoryKib(), cost.iterations(), LANES, HASH_BYTES, Argon2.ID);
    }

    /** Checks the form first, because the library's message about an unknown one would quote the hash. */
    private static HashingFunction functionOf(String storedHash) {
        if (ARGON2.matcher(storedHash).matches()) {
            return Argon2Function.getInstanceFromHash(storedHash);
        }
        if (BCRYPT.matcher(storedHash).matches()) {
            return BcryptFunction.getInstanceFromHash(storedHash);
        }
        throw new IllegalStateException("a stored password hash has an unknown form");
    }

    /** A well-formed hash of the current parameters that belongs to no password. */
    String hashOfNothing() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return currentForm + base64.encodeToString(randomBytes(SALT_BYTES)) + "$"
                + base64.encodeToString(randomBytes(HASH_BYTES));
    }

    private byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** One spelling for what keyboards send composed or in parts (NFC). */
    static String normalise(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFC);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
