package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.clicknback.money.Money;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.crypto.Sealed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class DestinationCipherTest {
    private static final UUID PAYOUT = UUID.fromString("5b0c9a34-7f0e-4a53-8d1c-2f1f6c1b9e10");
    private static final Destination DESTINATION =
            new Destination("DE89370400440532013000", "Zoë O'Brien\nof two lines 🏦");
    private static final SecretKey KEY = key(1);
    private static final SecretKey OTHER_KEY = key(2);

    private final DestinationCipher cipher = new DestinationCipher(new Keyring(KEY, List.of()));

    private static SecretKey key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return new SecretKeySpec(bytes, "AES");
    }

    @Test
    void givesBackWhatItSealed() {
        assertThat(cipher.decrypt(PAYOUT, cipher.encrypt(PAYOUT, DESTINATION))).isEqualTo(DESTINATION);
    }

    @Test
    void neverEncryptsAlike() {
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            texts.add(new String(cipher.encrypt(PAYOUT, DESTINATION).bytes(), StandardCharsets.ISO_8859_1));
        }
        assertThat(texts).hasSize(1_000);
    }

    @Test
    void showsNothingReadable() {
        Sealed encrypted = cipher.encrypt(PAYOUT, DESTINATION);
        String readable = new String(encrypted.bytes(), StandardCharsets.ISO_8859_1) + encrypted.keyId();
        assertThat(readable).doesNotContain("3704", "O'Brien", "3000");
        assertThat(DESTINATION).hasToString("Destination[…3000]");
    }

    @Test
    void noticesEveryChangedBit() {
        Sealed encrypted = cipher.encrypt(PAYOUT, DESTINATION);
        for (int bit = 0; bit < encrypted.bytes().length * Byte.SIZE; bit++) {
            byte[] tampered = encrypted.bytes().clone();
            tampered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThatIllegalStateException()
                    .as("bit %s", bit)
                    .isThrownBy(() -> cipher.decrypt(PAYOUT, new Sealed(encrypted.keyId(), tampered)));
        }
    }

    @Test
    void noticesMissingBytes() {
        Sealed encrypted = cipher.encrypt(PAYOUT, DESTINATION);
        for (int length = 0; length < encrypted.bytes().length; length++) {
            byte[] cut = Arrays.copyOf(encrypted.bytes(), length);
            assertThatIllegalStateException()
                    .as("%s bytes", length)
                    .isThrownBy(() -> cipher.decrypt(PAYOUT, new Sealed(encrypted.keyId(), cut)));
        }
    }

    @Test
    void refusesTheDestinationOfAnotherPayout() {
        Sealed encrypted = cipher.encrypt(PAYOUT, DESTINATION);
        assertThatIllegalStateException().isThrownBy(() -> cipher.decrypt(UUID.randomUUID(), encrypted));
    }

    @Test
    void cannotReadWithoutTheKeyWhateverTheKeyIdSays() {
        Sealed encrypted = cipher.encrypt(PAYOUT, DESTINATION);
        DestinationCipher other = new DestinationCipher(new Keyring(OTHER_KEY, List.of()));
        assertThatIllegalStateException()
                .isThrownBy(() -> other.decrypt(PAYOUT, encrypted))
                .withMessageContaining(encrypted.keyId());
        assertThatIllegalStateException()
                .isThrownBy(() -> other.decrypt(PAYOUT, new Sealed(other.currentKeyId(), encrypted.bytes())));
    }

    @Test
    void readsWithOlderKeysAndWritesWithTheCurrentOne() {
        Sealed old = cipher.encrypt(PAYOUT, DESTINATION);
        DestinationCipher rotated = new DestinationCipher(new Keyring(OTHER_KEY, List.of(KEY)));
        assertThat(rotated.decrypt(PAYOUT, old)).isEqualTo(DESTINATION);
        Sealed anew = rotated.encrypt(PAYOUT, DESTINATION);
        assertThat(anew.keyId()).isEqualTo(rotated.currentKeyId()).isNotEqualTo(old.keyId());
        assertThat(new DestinationCipher(new Keyring(OTHER_KEY, List.of())).decrypt(PAYOUT, anew))
                .isEqualTo(DESTINATION);
    }

    @Test
    void tellsKeysApartWithoutTellingThem() {
        assertThat(cipher.currentKeyId())
                .matches("[0-9a-f]{16}")
                .isNotEqualTo("0101010101010101")
                .isEqualTo(new DestinationCipher(new Keyring(KEY, List.of(OTHER_KEY))).currentKeyId());
    }

    @Test
    void givesEqualRequestsEqualFingerprintsAndOthersOthers() {
        Money amount = Money.ofMinor(2500);
        byte[] fingerprint = fingerprint(cipher, amount, "DE89370400440532013000", "Alice");
        assertThat(fingerprint)
                .hasSize(32)
                .isEqualTo(fingerprint(cipher, amount, "DE89370400440532013000", "Alice"))
                .isNotEqualTo(fingerprint(cipher, Money.ofMinor(2501), "DE89370400440532013000", "Alice"))
                .isNotEqualTo(fingerprint(cipher, amount, "AT611904300234573201", "Alice"))
                .isNotEqualTo(fingerprint(cipher, amount, "DE89370400440532013000", "alice"))
                .isNotEqualTo(fingerprint(
                        new DestinationCipher(new Keyring(OTHER_KEY, List.of())),
                        amount,
                        "DE89370400440532013000",
                        "Alice"));
    }

    /** Made by a build that used the configured key itself. */
    @Test
    void readsWhatTheKeyEncryptedDirectlyAndKnowsItsFingerprints() {
        UUID payout = UUID.fromString("01a21824-1ade-7000-b63e-67f9a343fab7");
        SecretKey zeros = key(0);
        String keyId = "direct:" + new Keyring(zeros, List.of()).currentKeyId();
        byte[] sealed = HexFormat.of()
                .parseHex("cd8ae298ca1099d889988b61d2f9123885d6b5b880f73a2bdb4e1906eee8af3f"
                        + "8eb97344357af6c050ed391d37e64b3724443d75d6a8d29442fff287");
        DestinationCipher rotated = new DestinationCipher(new Keyring(KEY, List.of(zeros)));

        assertThat(rotated.decrypt(payout, new Sealed(keyId, sealed)))
                .isEqualTo(new Destination("DE89370400440532013000", "Some Body"));
        assertThat(rotated.fingerprint(
                        keyId, Money.ofMinor(1500), new Destination("DE89370400440532013000", "Some Body")))
                .isEqualTo(HexFormat.of().parseHex("05042b51b0113845a0c82746dc55fd0865d74383074387f40f84b95fc1559054"));
        assertThatIllegalStateException()
                .isThrownBy(() -> cipher.decrypt(payout, new Sealed(keyId, sealed)))
                .withMessageContaining(keyId);
    }

    private static byte[] fingerprint(DestinationCipher cipher, Money amount, String iban, String holder) {
        return cipher.fingerprint(cipher.currentKeyId(), amount, new Destination(iban, holder));
    }
}
