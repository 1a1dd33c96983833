package com.clicknback.demo;

import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;

/** The SQL that runs the script of the demo data. */
final class DemoStore {
    /** Settings of this transaction, which a script reads instead of arguments. */
    private static final String SET_ARGUMENTS = """
            SELECT set_config('clicknback.demo_destination', encode($1, 'hex'), true),
                   set_config('clicknback.demo_key_id', $2, true)
            """;

    private DemoStore() {}

    static Future<Void> load(Database database, String script, Buffer destination, String keyId) {
        return database.inTransaction(tx -> tx.preparedQuery(SET_ARGUMENTS)
                .execute(Tuple.of(destination, keyId))
                .compose(set -> tx.query(script).execute())
                .mapEmpty());
    }
}
