package com.clicknback.platform.http;

import java.util.HashMap;
import java.util.Map;

/** The endpoints of the contract's operations, by operation id. */
public final class Operations {
    private final Map<String, Endpoint> endpoints = new HashMap<>();

    /** Binds one operation; an operation has one endpoint. */
    public Operations on(String operationId, Endpoint endpoint) {
        if (endpoints.put(operationId, endpoint) != null) {
            throw new IllegalStateException("operation bound twice: " + operationId);
        }
        return this;
    }

    Map<String, Endpoint> byId() {
        return Map.copyOf(endpoints);
    }
}
