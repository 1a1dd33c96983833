package com.clicknback.platform.intake;

import com.clicknback.platform.address.AddressText;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The keys of rate limits as text: addresses, ids and hashes. */
final class LimitKey {
    private static final String ADDRESS = "address ";
    private static final String ID = "id ";
    private static final String HASH = "hash ";

    private LimitKey() {}

    static String text(Object key) {
        if (key instanceof InetAddress address) {
            return ADDRESS + address.getHostAddress();
        }
        if (key instanceof ByteBuffer hash) {
            byte[] bytes = new byte[hash.remaining()];
            hash.duplicate().get(bytes);
            return HASH + HexFormat.of().formatHex(bytes);
        }
        return ID + key;
    }

    /** Null for a text that another version may understand. */
    static @Nullable Object parse(String text) {
        try {
            if (text.startsWith(ADDRESS)) {
                return AddressText.parse(text.substring(ADDRESS.length()));
            }
            if (text.startsWith(HASH)) {
                return ByteBuffer.wrap(HexFormat.of().parseHex(text.substring(HASH.length())));
            }
            return text.startsWith(ID) ? UUID.fromString(text.substring(ID.length())) : null;
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }
}
