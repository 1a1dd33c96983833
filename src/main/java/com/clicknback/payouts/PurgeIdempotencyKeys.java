package com.clicknback.payouts;

import com.clicknback.platform.bus.Request;

/** Asks to forget now, rather than at the next turn, the idempotency keys that need no longer be kept. */
record PurgeIdempotencyKeys() implements Request<PurgeIdempotencyKeys.Purged> {

    record Purged(int keys) {}
}
