package com.clicknback.platform.http;

import com.clicknback.platform.contract.DescribedOperation;
import java.util.Map;
import java.util.Set;

/** The callers that an operation allows, as its security requirement in the contract says. */
enum Access {
    ANYONE,
    USER,
    ADMIN,
    PARTNER;

    /** Fails with IllegalStateException when the contract says something that this edge does not know. */
    static Access of(DescribedOperation operation) {
        Map<String, Set<String>> required = operation.security();
        if (required.isEmpty()) {
            return ANYONE;
        }
        if (required.containsKey("webhookSignature")) {
            return PARTNER;
        }
        Set<String> scopes = required.get("bearer");
        if (scopes != null) {
            return scopes.contains("admin") ? ADMIN : USER;
        }
        throw new IllegalStateException("unknown security requirement of " + operation.id() + ": " + required.keySet());
    }
}
