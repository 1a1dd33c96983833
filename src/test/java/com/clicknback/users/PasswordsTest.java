package com.clicknback.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    /** The hash of "Str0ng!Pass", with few rounds so that verifying takes no time. */
    private static final String BCRYPT_A = "$2a$04$50yqLcxvdgiTqXHck.CYSuYblRkTodHUwDQQEZNr4.Nv9zUsNzXXi";

    private static final String BCRYPT_B = "$2b$10$GAwAjGi9DaPe4/Avmf6zX.EwCwyhh5enY4NvpPwZoCtk3Ai8uJTMm";

    private static Vertx vertx;
    private static Passwords passwords;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        passwords = new Passwords(vertx, PasswordCost.OWASP);
    }

    @AfterAll
    static void close() throws TimeoutException {
        await(vertx.close());
    }

    @Test
    void hashesWithArgon2idAndAFreshSaltEachTime() throws TimeoutException {
        String one = await(passwords.hash("Str0ng!Pass"));
        String other = await(passwords.hash("Str0ng!Pass"));

        assertThat(one).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(other);
        assertThat(await(passwords.matches("Str0ng!Pass", one))).isTrue();
        assertThat(await(passwords.matches("Str0ng!Pass", other))).isTrue();
        assertThat(await(passwords.matches("str0ng!pass", one))).isFalse();
        assertThat(await(passwords.matches("", one))).isFalse();
    }

    @Test
    void countsEveryCharacterOfTheLongestPassword() throws TimeoutException {
        String longest = "ä😀".repeat(63) + "ab";
        String hash = await(passwords.hash(longest));

        assertThat(longest.codePointCount(0, longest.length())).isEqualTo(128);
        assertThat(await(passwords.matches(longest, hash))).isTrue();
        assertThat(await(passwords.matches(longest.substring(0, longest.length() - 1) + "c", hash)))
                .isFalse();
        assertThat(await(passwords.matches(longest.substring(0, longest.length() - 1), hash)))
                .isFalse();
    }

    @Test
    void composedAndDecomposedAreOnePassword() throws TimeoutException {
        String composed = "Pässw0rt";
        String decomposed = Normalizer.normalize(composed, Normalizer.Form.NFD);
        String hash = await(passwords.hash(composed));

        assertThat(await(passwords.matches(decomposed, hash))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {BCRYPT_A, BCRYPT_B})
    void verifiesBcryptHashes(String hash) throws TimeoutException {
        assertThat(await(passwords.matches("Str0ng!Pass", hash))).isTrue();
        assertThat(await(passwords.matches("Str0ng!Pasa", hash))).isFalse();
    }

    @Test
    void nobodysPasswordNeverMatches() throws TimeoutException {
        assertThat(await(passwords.matches("Str0ng!Pass", null))).isFalse();
        assertThat(await(passwords.matches("", null))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA", "$2b$10$tooshort", "$1$md5$x"})
    void neverTellsAHashOfUnknownForm(String hash) {
        assertThatThrownBy(() -> await(passwords.matches("Str0ng!Pass", hash)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a stored password hash has an unknown form")
                .hasNoCause();
    }

    /** One hash needs 19 MiB. */
    @ParameterizedTest
    @CsvSource({"2, 256, 2", "8, 4096, 4", "64, 256, 3", "64, 8192, 32", "1, 256, 2", "64, 64, 1"})
    void hashesAtOnceWhatCoresAndHeapAllow(int cores, long heapMib, int threads) {
        assertThat(Passwords.threads(cores, heapMib * 1024 * 1024)).isEqualTo(threads);
    }

    @Test
    void refusesWhenTooManyWait() throws TimeoutException {
        List<Future<Boolean>> all = new ArrayList<>();
        // Slow ones first, so that every thread is still busy when the last one comes.
        for (int i = 0; i < Passwords.PENDING_MAX; i++) {
            all.add(passwords.matches("Str0ng!Pass", i < Passwords.THREADS ? null : BCRYPT_A));
        }
        Future<Boolean> last = passwords.matches("Str0ng!Pass", BCRYPT_A);

        assertThatThrownBy(() -> await(last))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED));
        await(Future.join(all));
        assertThat(await(passwords.matches("Str0ng!Pass", BCRYPT_A))).isTrue();
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(60, TimeUnit.SECONDS);
    }
}
