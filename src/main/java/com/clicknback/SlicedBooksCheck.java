package com.clicknback;

import com.clicknback.BooksCheck.Difference;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Rows;
import com.clicknback.statistics.BooksPass;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The books check of some users, in the time of a request: their wallets, caps, purchases, payouts and holds. The other
 * work lists and the counts of partners belong to no user and are left to {@link BooksCheck}.
 */
record SlicedBooksCheck(Database database, Clock clock) implements BooksPass.Check {
    private static final String WITH = "WITH ";

    /** Tables as they would be if these users were all. Plans look up what is found by purchase once, not for each row. */
    private static final String OF_USERS = """
      WITH users AS (SELECT * FROM users WHERE id = ANY ($1)),
      wallets AS (SELECT * FROM wallets WHERE user_id = ANY ($1)),
      ledger_transfers AS (SELECT * FROM ledger_transfers WHERE user_id = ANY ($1)),
      cap_usage AS (SELECT * FROM cap_usage WHERE user_id = ANY ($1)),
      payouts AS (SELECT * FROM payouts WHERE user_id = ANY ($1)),
      holds AS (SELECT * FROM holds WHERE user_id = ANY ($1)),
      purchases AS (SELECT * FROM purchases WHERE user_id = ANY ($1)),
      cashback_credits AS MATERIALIZED (SELECT c.* FROM purchases p JOIN cashback_credits c ON c.purchase_id = p.id),
      refunds AS MATERIALIZED (SELECT r.* FROM purchases p JOIN refunds r ON r.purchase_id = p.id),
      corrections AS MATERIALIZED (SELECT k.* FROM purchases p JOIN corrections k ON k.purchase_id = p.id),
      """ + HoldBooksCheck.CLOCK.formatted("$2") + "\n";

    static final List<String> CHECKS = Stream.concat(BooksCheck.OF_USERS.stream(), HoldBooksCheck.CHECKS.stream())
            .map(SlicedBooksCheck::ofUsers)
            .toList();

    private static final String FIND_USERS = "SELECT id FROM users WHERE id > $1 ORDER BY id LIMIT $2";

    /** Rows that a query has worked out have no index to join them by. */
    static final String JOIN_BY_HASH = "SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on";

    private static String ofUsers(String check) {
        String query = check.strip();
        return OF_USERS
                + (query.startsWith(WITH) ? ", " + query.substring(WITH.length()) : query)
                + " LIMIT " + BooksCheck.DIFFERENCES_MAX;
    }

    @Override
    public Future<List<UUID>> usersAfter(UUID userId, int usersMax) {
        return database.query(FIND_USERS, Tuple.of(userId, usersMax), row -> row.getUUID("id"))
                .map(Rows::list);
    }

    @Override
    public Future<List<String>> differencesOf(List<UUID> users) {
        return differences(users)
                .map(found -> found.stream()
                        .map(row -> "%s %s: expected %s, found %s"
                                .formatted(row.what(), row.which(), row.expected(), row.actual()))
                        .toList());
    }

    Future<List<Difference>> differences(List<UUID> users) {
        return database.inBriefSnapshot(snapshot -> snapshot.query(JOIN_BY_HASH)
                .execute()
                .compose(set -> collect(snapshot, Arguments.of(Arguments.ids(users), clock.instant()))));
    }

    private static Future<List<Difference>> collect(SqlConnection snapshot, Tuple arguments) {
        List<Difference> differences = new ArrayList<>();
        Future<Void> checked = Future.succeededFuture();
        for (String check : CHECKS) {
            checked = checked.compose(v -> snapshot.preparedQuery(check)
                    .mapping(BooksCheck::difference)
                    .execute(arguments)
                    .map(rows -> differences.addAll(Rows.list(rows)))
                    .mapEmpty());
        }
        return checked.map(differences);
    }
}
