package com.clicknback.purchases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Growing tables refer to what exists, however it is attempted otherwise. */
@ExtendWith(ServiceExtension.class)
class ReferencesTest {
    private static final String FOREIGN_KEY_VIOLATION = "23503";
    private static final String RESTRICTED = "23001";

    private static final String INSERT = """
            INSERT INTO purchases (id, partner_id, external_id, user_id, merchant_id, offer_id, amount_minor, currency,
                purchased_at, purchased_at_stated, cashback_type, cashback_value_e4, monthly_cap_minor, cashback_minor,
                created_at, updated_at)
            VALUES (gen_random_uuid(), ?, ?, ?, ?, ?, 100, 'EUR', now(), true, 'percent', 50000,
                CASE WHEN ?::uuid IS NULL THEN NULL ELSE 100 END, 0, now(), now())
            """;

    private static final String PAYOUT = """
            INSERT INTO payouts (id, user_id, amount_minor, currency, method, destination, key_id, iban_last4, status,
                requested_at)
            VALUES (?, ?, 1, 'EUR', 'bank_transfer', '', 'key', '1234', 'requested', now())
            """;

    private static final String PAYOUT_TRANSFER =
            "INSERT INTO ledger_transfers (id, payout_id, user_id, kind, debit, credit, amount_minor, currency,"
                    + " created_at) VALUES (gen_random_uuid(), ?, '%s', 'payout_requested', 'available', 'reserved',"
                    + " 1, 'EUR', now())";

    private static final String REFUND_TRANSFER =
            "INSERT INTO ledger_transfers (id, purchase_id, cause_id, user_id, kind, debit, credit, amount_minor,"
                    + " currency, created_at) SELECT gen_random_uuid(), id, ?, user_id, 'cashback_refunded',"
                    + " 'pending', 'outside', 1, 'EUR', now() FROM purchases WHERE id = ?";

    private final Sql sql;
    private final Scenario given;
    private final UUID user;
    private final UUID merchant;

    ReferencesTest(TestService service, Scenario given) {
        this.sql = service.sql();
        this.given = given;
        this.user = given.user().userId();
        this.merchant = given.merchant();
    }

    /** These purchases have no event: nobody would ever credit them. */
    @AfterEach
    void forget() {
        sql.execute("DELETE FROM purchases WHERE external_id LIKE 'reference%'");
    }

    private static Object[] purchase(UUID partnerId, UUID userId, UUID merchantId, UUID offerId) {
        return new Object[] {partnerId, Scenario.unique("reference"), userId, merchantId, offerId, offerId};
    }

    @Test
    void refusesAPurchaseThatRefersToNothing() {
        UUID nothing = UUID.randomUUID();
        for (Object[] purchase : List.of(
                purchase(nothing, user, merchant, null),
                purchase(null, nothing, merchant, null),
                purchase(null, user, nothing, null),
                purchase(null, user, merchant, nothing))) {
            assertThat(sql.refusal(INSERT, purchase)).isEqualTo(FOREIGN_KEY_VIOLATION);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO verifications (purchase_id, user_id, merchant_id, due_at) VALUES (?, '%s', '%s', now())",
                "INSERT INTO cashback_credits (purchase_id, user_id, amount_minor, cap_month, credited_at)"
                        + " VALUES (?, '%s', 0, '2026-01-01', now())",
                "INSERT INTO ledger_transfers (id, purchase_id, user_id, kind, debit, credit, amount_minor, currency,"
                        + " created_at) VALUES (gen_random_uuid(), ?, '%s', 'cashback_credit', 'outside', 'pending', 1,"
                        + " 'EUR', now())",
                PAYOUT_TRANSFER
            })
    void refusesWhatBelongsToNoPurchaseOrPayout(String insert) {
        assertThat(sql.refusal(insert.formatted(user, merchant), UUID.randomUUID()))
                .isEqualTo(FOREIGN_KEY_VIOLATION);
    }

    @Test
    void aPurchaseTakesOnePartnerThatExistsAndKeepsIt() {
        UUID id = given.buy(given.user(), merchant, "100.00");
        String take = "UPDATE purchases SET partner_id = ? WHERE id = ?";
        assertThat(sql.refusal(take, UUID.randomUUID(), id)).isEqualTo(FOREIGN_KEY_VIOLATION);
        sql.execute(take, given.partner().id(), id);
        assertThat(sql.refusal(take, given.partner().id(), id)).isEqualTo("23001");
    }

    @Test
    void refusesATransferOfNoRefund() {
        UUID purchase = given.buy(given.user(), given.merchant("20"), "100.00");
        assertThat(sql.refusal(REFUND_TRANSFER, UUID.randomUUID(), purchase)).isEqualTo(FOREIGN_KEY_VIOLATION);
    }

    /** A successful attempt could not be undone: the journal only grows. */
    @Test
    void refusesATransferOfAnothersPayoutAndToDeleteAPayoutThatHasOne() throws SQLException {
        UUID payout = UUID.randomUUID();
        try (Connection connection = sql.connect()) {
            connection.setAutoCommit(false);
            run(connection, PAYOUT, payout, user);
            Savepoint requested = connection.setSavepoint();
            UUID other = given.user().userId();
            assertRefused(() -> run(connection, PAYOUT_TRANSFER.formatted(other), payout));
            connection.rollback(requested);
            run(connection, PAYOUT_TRANSFER.formatted(user), payout);
            assertRefused(() -> run(connection, "DELETE FROM payouts WHERE id = ?", payout));
            connection.rollback();
        }
    }

    private static void assertRefused(ThrowingCallable statement) {
        assertThatThrownBy(statement)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(FOREIGN_KEY_VIOLATION));
    }

    @Test
    void refusesCapUsageOfNobodyOrOfNoOffer() {
        UUID offer = given.offer(merchant, "percent", "5", "50");
        String insert = "INSERT INTO cap_usage (user_id, offer_id, cap_month, cap_minor, used_minor)"
                + " VALUES (?, ?, '2026-01-01', 1, 0)";
        assertThat(sql.refusal(insert, UUID.randomUUID(), offer)).isEqualTo(FOREIGN_KEY_VIOLATION);
        assertThat(sql.refusal(insert, user, UUID.randomUUID())).isEqualTo(FOREIGN_KEY_VIOLATION);
    }

    @Test
    void refusesToDeleteOrRenameWhatIsReferredTo() {
        sql.execute(
                INSERT, purchase(given.partner().id(), user, merchant, given.offer(merchant, "percent", "5", "50")));
        for (String table : List.of("users", "merchants", "offers", "partners")) {
            String referred = "(SELECT %s FROM purchases WHERE user_id = '%s')"
                    .formatted(table.substring(0, table.length() - 1) + "_id", user);
            assertThat(sql.refusal("DELETE FROM " + table + " WHERE id = " + referred))
                    .as(table)
                    .isEqualTo(FOREIGN_KEY_VIOLATION);
            assertThat(sql.refusal("UPDATE " + table + " SET id = gen_random_uuid() WHERE id = " + referred))
                    .as(table)
                    .isEqualTo(FOREIGN_KEY_VIOLATION);
        }
    }

    @Test
    void refusesToDeleteAPurchaseThatIsStillToBeVerified() {
        UUID purchase = given.buy(given.user(), given.merchant("20"), "100.00");
        assertThat(sql.refusal("DELETE FROM purchases WHERE id = ?", purchase)).isEqualTo(FOREIGN_KEY_VIOLATION);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE purchases SET user_id = user_id",
                "UPDATE purchases SET merchant_id = merchant_id",
                "UPDATE verifications SET purchase_id = purchase_id",
                "UPDATE cap_usage SET offer_id = offer_id",
                "TRUNCATE merchants CASCADE"
            })
    void refusesToChangeWhatARowRefersTo(String change) {
        assertThat(sql.refusal(change)).isEqualTo(RESTRICTED);
    }

    @Test
    void deletesWhatNothingRefersTo() {
        assertThat(sql.execute("DELETE FROM merchants WHERE id = ?", merchant)).isEqualTo(1);
    }

    @Test
    void aDeletionWaitsForAPurchaseUnderWayAndIsRefused() throws SQLException {
        try (Connection buying = sql.connect()) {
            buying.setAutoCommit(false);
            run(buying, INSERT, purchase(null, user, merchant, null));
            CompletableFuture<Void> deletion =
                    CompletableFuture.runAsync(() -> sql.execute("DELETE FROM merchants WHERE id = ?", merchant));
            awaitLockWaiter("purchases");
            buying.commit();
            assertRefused(deletion);
        }
    }

    @Test
    void aPurchaseWaitsForADeletionUnderWayAndIsRefused() throws SQLException {
        try (Connection deleting = sql.connect()) {
            deleting.setAutoCommit(false);
            run(deleting, "DELETE FROM merchants WHERE id = ?", merchant);
            CompletableFuture<Void> buying =
                    CompletableFuture.runAsync(() -> sql.execute(INSERT, purchase(null, user, merchant, null)));
            awaitLockWaiter("purchases");
            deleting.commit();
            assertRefused(buying);
        }
    }

    private static void run(Connection connection, String statement, Object... arguments) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < arguments.length; i++) {
                prepared.setObject(i + 1, arguments[i]);
            }
            prepared.execute();
        }
    }

    private void awaitLockWaiter(String table) {
        Waiting.until(
                "somebody waits for " + table,
                () -> sql.count("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = '" + table
                                + "'::regclass AND database = (SELECT oid FROM pg_database WHERE datname ="
                                + " current_database())")
                        > 0);
    }

    private static void assertRefused(CompletableFuture<Void> attempt) {
        assertThatThrownBy(attempt::join)
                .isInstanceOf(CompletionException.class)
                .rootCause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(FOREIGN_KEY_VIOLATION));
    }
}
