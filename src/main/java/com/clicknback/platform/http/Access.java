package com.clicknback.platform.http;

import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.SecurityRequirement;
import java.util.List;

/** The callers that an operation allows, as its security requirement in the contract says. */
enum Access {
    ANYONE,
    USER,
    ADMIN,
    PARTNER;

    /** Fails with IllegalStateException when the contract says something that this edge does not know. */
    static Access of(Operation operation) {
        List<SecurityRequirement> requirements = operation.getSecurityRequirements();
        if (requirements.isEmpty() || requirements.get(0).isEmpty()) {
            return ANYONE;
        }
        SecurityRequirement requirement = requirements.get(0);
        if (requirement.getNames().contains("webhookSignature")) {
            return PARTNER;
        }
        if (requirement.getNames().contains("bearer")) {
            return requirement.getScopes("bearer").contains("admin") ? ADMIN : USER;
        }
        throw new IllegalStateException(
                "unknown security requirement of " + operation.getOperationId() + ": " + requirement.getNames());
    }
}
