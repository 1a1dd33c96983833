package com.clicknback;

import com.clicknback.BooksCheck.Difference;
import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Rows;
import com.clicknback.statistics.BooksPass;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The books check of some users, in the time of a request: their wallets, caps, purchases and payouts. The work lists and
 * the counts of partners belong to no user and are left to {@link BooksCheck}.
 */
record SlicedBooksCheck(Database database) implements BooksPass.Check {
    private static final String WITH = "WITH ";

    /** Tables as they would be if these users were all; a query over them cannot tell. */
    private static final String OF_USERS = """
      WITH users AS (SELECT * FROM users WHERE id = ANY ($1)),
      wallets AS (SELECT * FROM wallets WHERE user_id = ANY ($1)),
      ledger_transfers AS (SELECT * FROM ledger_transfers WHERE user_id = ANY ($1)),
      cap_usage AS (SELECT * FROM cap_usage WHERE user_id = ANY ($1)),
      payouts AS (SELECT * FROM payouts WHERE user_id = ANY ($1)),
      purchases AS (SELECT * FROM purchases WHERE user_id = ANY ($1)),
      cashback_credits AS (SELECT c.* FROM purchases p JOIN cashback_credits c ON c.purchase_id = p.id),
      refunds AS (SELECT r.* FROM purchases p JOIN refunds r ON r.purchase_id = p.id),
      corrections AS (SELECT k.* FROM purchases p JOIN corrections k ON k.purchase_id = p.id)
      """;

    private static final List<String> CHECKS = Stream.of(
                    BooksCheck.WALLETS,
                    BooksCheck.CAPS,
                    BooksCheck.PURCHASES,
                    BooksCheck.AMOUNTS,
                    BooksCheck.CUTS,
                    BooksCheck.PAYOUTS)
            .map(SlicedBooksCheck::ofUsers)
            .toList();

    private static final String FIND_USERS = "SELECT id FROM users WHERE id > $1 ORDER BY id LIMIT $2";

    /** Rows that a query has worked out have no index to join them by. */
    private static final String JOIN_BY_HASH = "SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on";

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
                .compose(set -> collect(snapshot, Tuple.of(Arguments.ids(users)))));
    }

    private static Future<List<Difference>> collect(SqlConnection snapshot, Tuple users) {
        List<Difference> differences = new ArrayList<>();
        Future<Void> checked = Future.succeededFuture();
        for (String check : CHECKS) {
            checked = checked.compose(v -> snapshot.preparedQuery(check)
                    .mapping(BooksCheck::difference)
                    .execute(users)
                    .map(rows -> differences.addAll(Rows.list(rows)))
                    .mapEmpty());
        }
        return checked.map(differences);
    }
}
