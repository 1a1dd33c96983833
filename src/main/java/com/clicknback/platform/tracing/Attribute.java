package com.clicknback.platform.tracing;

/** The attributes of spans that are this product's own. */
final class Attribute {
    static final String REQUEST_ID = "clicknback.request_id";
    static final String PURCHASES = "clicknback.purchases";

    private Attribute() {}
}
