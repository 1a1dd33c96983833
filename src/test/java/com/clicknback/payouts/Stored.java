package com.clicknback.payouts;

import com.clicknback.TestConfig;
import com.clicknback.payouts.DestinationCipher.Encrypted;
import com.clicknback.testing.Sql;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Reads stored destinations with the keys at hand. */
final class Stored {
    static final DestinationCipher TEST_CIPHER = new DestinationCipher(key(TestConfig.PAYOUT_KEY), List.of());

    private Stored() {}

    static SecretKey key(String base64) {
        return new SecretKeySpec(Base64.getDecoder().decode(base64), "AES");
    }

    static Destination destination(Sql sql, String payout, DestinationCipher cipher) {
        UUID id = UUID.fromString(payout);
        return destination(
                sql.rows("SELECT id, destination, key_id FROM payouts WHERE id = ?", id)
                        .get(0),
                cipher);
    }

    static Destination destination(Map<String, Object> row, DestinationCipher cipher) {
        Encrypted stored = new Encrypted((String) row.get("key_id"), (byte[]) row.get("destination"));
        return cipher.decrypt((UUID) row.get("id"), stored);
    }
}
