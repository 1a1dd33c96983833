package com.clicknback.users;

import com.clicknback.platform.clock.PassingTime;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.intake.RateLimiter;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The limit of wrong passwords for each account, which many addresses could otherwise try together. It knows addresses
 * of mail only, so it holds alike for those that have no account. A client that has proved the password once is exempt:
 * strangers cannot lock the owner out. Changes of a password are limited as often.
 */
final class AccountLimit {
    /** Forgetting the least used costs their owners nothing unless somebody guesses at that moment. */
    private static final int PROVEN_MAX = 100_000;

    private static final Duration PROVEN_FOR = Duration.ofDays(90);

    private final RateLimiter wrongPasswords;
    private final Cache<Login, Boolean> proven;

    AccountLimit(RateLimiter wrongPasswords, Clock clock) {
        this.wrongPasswords = wrongPasswords;
        this.proven = Caffeine.newBuilder()
                .maximumSize(PROVEN_MAX)
                .expireAfterAccess(PROVEN_FOR)
                .ticker(PassingTime.of(clock)::nanos)
                .build();
    }

    /** An account as seen from a client. */
    private record Login(ByteBuffer account, InetAddress client) {}

    /**
     * Runs the check of a password sent by a client. Fails with RATE_LIMITED before it when too many passwords of the
     * account were wrong.
     */
    <T> Future<T> guard(EmailAddress email, InetAddress client, Supplier<Future<T>> check) {
        Login login = new Login(digest(email), client);
        Future<T> checked = proven.getIfPresent(login) != null ? check.get() : guard(login.account(), check);
        return checked.onSuccess(right -> proven.put(login, true));
    }

    /**
     * The same for a change of the password, without an exemption: those who send it hold an access token already, and may
     * have stolen it. They have a limit of their own, because strangers exhaust that of logins as they like. A right password
     * counts as well, since a change takes the threads of all who log in for longest.
     */
    <T> Future<T> guardChange(UUID userId, Supplier<Future<T>> check) {
        wrongPasswords.take(userId);
        return check.get().onFailure(failure -> giveBackUnlessWrong(userId, failure));
    }

    /** Takes a token first and gives it back afterwards, so that guesses sent at once cannot pass together. */
    private <T> Future<T> guard(Object account, Supplier<Future<T>> check) {
        wrongPasswords.take(account);
        return check.get().onComplete(done -> giveBackUnlessWrong(account, done.cause()));
    }

    private void giveBackUnlessWrong(Object account, @Nullable Throwable failure) {
        if (!isWrongPassword(failure)) {
            wrongPasswords.giveBack(account);
        }
    }

    private static boolean isWrongPassword(@Nullable Throwable failure) {
        return failure instanceof DomainException refusal
                && (refusal.code() == ErrorCode.INVALID_CREDENTIALS || refusal.code() == ErrorCode.WRONG_PASSWORD);
    }

    /** Short for every address: keys of senders' choice must not fill the memory. */
    private static ByteBuffer digest(EmailAddress email) {
        try {
            byte[] key = email.key().getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
