package com.clicknback.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class KeyringTest {
    private static final UUID OWNER = new UUID(1, 2);
    private static final UUID ROW = new UUID(3, 4);
    private static final byte[] PLAIN = "a secret".getBytes(StandardCharsets.US_ASCII);

    private final Keyring keys = new Keyring(key(1, 32), List.of(key(2, 32)));

    private static SecretKey key(int fill, int bytes) {
        byte[] key = new byte[bytes];
        Arrays.fill(key, (byte) fill);
        return new SecretKeySpec(key, "AES");
    }

    /** Test case 3 of RFC 5869, its first block. */
    @Test
    void derivesAsTheStandardDoes() {
        assertThat(HexFormat.of().formatHex(Keyring.derive(key(0x0b, 22), "").getEncoded()))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    }

    @Test
    void givesEachPurposeKeysOfItsOwn() {
        Sealed sealed = keys.sealer("one").seal(PLAIN, OWNER, ROW);

        assertThat(keys.sealer("one").open(sealed, OWNER, ROW)).isEqualTo(PLAIN);
        assertThatIllegalStateException().isThrownBy(() -> keys.sealer("other").open(sealed, OWNER, ROW));
        assertThat(keys.sealer("one").fingerprint(keys.currentKeyId(), PLAIN))
                .isNotEqualTo(keys.sealer("other").fingerprint(keys.currentKeyId(), PLAIN));
    }

    @Test
    void opensForTheRowsThatItWasSealedFor() {
        Sealer sealer = keys.sealer("one");
        Sealed sealed = sealer.seal(PLAIN, OWNER, ROW);

        assertThatIllegalStateException().isThrownBy(() -> sealer.open(sealed, ROW, OWNER));
        assertThatIllegalStateException().isThrownBy(() -> sealer.open(sealed, OWNER));
        assertThatIllegalStateException()
                .isThrownBy(() -> sealer.open(sealed, OWNER, new UUID(3, 5)))
                .withMessageContaining("the one of 00000000-0000-0003-0000-000000000005");
    }

    @Test
    void opensWithOlderKeysAndSealsWithTheCurrentOne() {
        Keyring before = new Keyring(key(2, 32), List.of());
        Sealed old = before.sealer("one").seal(PLAIN, ROW);

        assertThat(keys.sealer("one").open(old, ROW)).isEqualTo(PLAIN);
        assertThat(keys.sealer("one").seal(PLAIN, ROW).keyId())
                .isEqualTo(keys.currentKeyId())
                .isNotEqualTo(before.currentKeyId());
        assertThat(keys.keyIds()).containsExactlyInAnyOrder(keys.currentKeyId(), before.currentKeyId());
    }
}
