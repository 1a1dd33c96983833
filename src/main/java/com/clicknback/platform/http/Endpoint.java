package com.clicknback.platform.http;

import io.vertx.core.Future;

/** Carries out one operation of the contract: decode, ask, encode. */
@FunctionalInterface
public interface Endpoint {
    /** May throw or fail with a DomainException; anything else is a defect and answers 500. */
    Future<Answer> handle(Call call);
}
