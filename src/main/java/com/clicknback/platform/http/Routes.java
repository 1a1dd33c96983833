package com.clicknback.platform.http;

/** The HTTP side of a domain: binds operations of the contract to endpoints. */
@FunctionalInterface
public interface Routes {
    void bind(Operations operations);
}
