package com.clicknback.demo;

import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/** The SQL that runs the script of the demo data. */
final class DemoStore {
    /** Settings of this transaction, which a script reads instead of arguments. */
    private static final String SET_ARGUMENTS = """
            SELECT set_config('clicknback.demo_destination', encode($1, 'hex'), true),
                   set_config('clicknback.demo_secret', encode($3, 'hex'), true),
                   set_config('clicknback.demo_key_id', $2, true)
            """;

    private static final String ANY_OPEN = """
            SELECT EXISTS (SELECT FROM users WHERE active AND id = ANY($1))
                OR EXISTS (SELECT FROM partners WHERE active AND id = $2)
            """;

    private DemoStore() {}

    /** True while an account of the demo data can be entered. */
    static Future<Boolean> anyOpen(Database database, UUID[] userIds, UUID partnerId) {
        return database.query(ANY_OPEN, Tuple.of(userIds, partnerId))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    static Future<Void> load(Database database, String script, Buffer destination, Buffer secret, String keyId) {
        return database.inTransaction(tx -> tx.preparedQuery(SET_ARGUMENTS)
                .execute(Tuple.of(destination, keyId, secret))
                .compose(set -> tx.query(script).execute())
                .mapEmpty());
    }

    static Future<Void> loadShoppers(Database database, String script) {
        return database.query(script, Tuple.tuple()).mapEmpty();
    }
}
