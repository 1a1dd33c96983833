package com.clicknback.clicks;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.Map;

/** Reads of clicks on a connection of the caller's. */
public final class StoredClicks {
    private StoredClicks() {}

    /** Those of the clicks that are kept, by id. */
    public static Future<Map<ClickId, Click>> find(SqlConnection connection, Collection<ClickId> ids) {
        return ClickStore.find(connection, ids);
    }
}
