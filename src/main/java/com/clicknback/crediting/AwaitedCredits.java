package com.clicknback.crediting;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.UUID;

/** The cashback that is still to be credited. */
public final class AwaitedCredits {
    private AwaitedCredits() {}

    /** True while a purchase of the user is accepted and not credited. Exact for a caller that holds the user's wallet. */
    public static Future<Boolean> of(SqlConnection connection, UUID userId) {
        return CreditingStore.awaitsCredit(connection, userId);
    }
}
