package com.clicknback.flags;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The things that a flag applies to: everything, one merchant or one user.
 *
 * @param id null for the global scope; need not be the id of an existing merchant or user
 */
public record FlagScope(Type type, @Nullable UUID id) {
    public static final FlagScope GLOBAL = new FlagScope(Type.GLOBAL, null);

    /** The kinds of scope, named as on the wire. */
    public enum Type {
        GLOBAL,
        MERCHANT,
        USER;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static FlagScope user(Flags.Subject subject) {
        return new FlagScope(Type.USER, subject.userId());
    }

    static FlagScope merchant(Flags.Subject subject) {
        return new FlagScope(Type.MERCHANT, subject.merchantId());
    }

    /** Fails with FEATURE_FLAG_SCOPE_ID_REQUIRED or VALIDATION_ERROR when type and id do not fit. */
    void requireFit() {
        boolean global = type == Type.GLOBAL;
        if (!global && id == null) {
            throw new DomainException(
                    ErrorCode.FEATURE_FLAG_SCOPE_ID_REQUIRED,
                    "The scope " + type.wireName() + " needs a scope_id.",
                    Map.of("scope_type", type.wireName()));
        }
        if (global && id != null) {
            throw DomainException.validation("scope_id", "must be absent for the global scope");
        }
    }

    @Nullable
    String idText() {
        return id == null ? null : id.toString();
    }
}
