package com.clicknback;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.clicknback.BooksCheck.Difference;
import com.clicknback.purchases.PurchaseRows;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plants differences, on a database of its own, and mends them again. */
class BooksCheckTest {
    private static final Set<String> OF_USERS = Set.of(
            "wallet", "cap", "purchase", "amount", "cut", "payout", "hold", "payable", "release", "overdue hold");

    private static TestService service;
    private static Scenario given;
    private static Sql sql;
    private Session user;
    private UUID merchant;
    private UUID purchase;

    @BeforeAll
    static void startService() {
        service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock());
        given = new Scenario(service);
        sql = service.sql();
    }

    @AfterAll
    static void closeService() {
        service.close();
    }

    @BeforeEach
    void aCreditedPurchaseUnderAnOffer() {
        user = given.member();
        merchant = given.merchant("0");
        given.offer(merchant, "percent", "10", "20");
        purchase = given.buy(user, merchant, "50.00");
        service.awaitCredits();
    }

    @AfterEach
    void nothingElseIsWrong() {
        assertThat(differences()).isEmpty();
    }

    @Test
    void findsNothingInAWholeHistory() {
        confirm(purchase);
        given.asAdmin().patch("/purchases/" + purchase + "/reverse", null).expect(200);
        UUID rejected = given.buy(user, merchant, "500.00");
        given.asAdmin()
                .post("/purchases/" + rejected + "/rejection", JsonObject.of("reason", "no"))
                .expect(200);
        UUID cut = given.buy(user, merchant, "500.00");
        service.awaitCredits();
        assertThat(given.purchase(cut).getString("cashback_amount")).isEqualTo("20.00");
        given.buy(user, merchant, "500.00");
        assertThat(differences()).isEmpty();
    }

    @Test
    void findsAWalletThatHoldsMoreThanTheJournal() {
        sql.execute("UPDATE wallets SET available_minor = available_minor + 1 WHERE user_id = ?", user.userId());
        assertThat(differences())
                .containsExactly(new Difference(
                        "wallet",
                        user.userId().toString(),
                        "pending 500 available 0 reserved 0 paid 0",
                        "pending 500 available 1 reserved 0 paid 0"));
        sql.execute("UPDATE wallets SET available_minor = available_minor - 1 WHERE user_id = ?", user.userId());
    }

    /** A purchase that fell off every list would wait for ever. */
    @Test
    void findsAPurchaseThatIsOwedACreditAndOnNoList() {
        UUID owed = uncreditedCopy();
        assertThat(differences())
                .containsExactly(new Difference(
                        "credit", owed.toString(), "500 at most", "neither credited nor listed for crediting"));
        sql.execute("""
                INSERT INTO crediting_batches (shard, purchase_ids, user_ids, ingested_at)
                SELECT crediting_shard(user_id), ARRAY[id], ARRAY[user_id], now() FROM purchases WHERE id = ?
                """, owed);
        service.awaitCredits();
    }

    @Test
    void findsAPendingPurchaseThatNobodyWillVerify() {
        sql.execute("CREATE TABLE kept AS SELECT * FROM verification_batches WHERE ? = ANY (purchase_ids)", purchase);
        sql.execute("DELETE FROM verification_batches WHERE ? = ANY (purchase_ids)", purchase);
        assertThat(differences())
                .extracting(Difference::what, Difference::which)
                .containsExactly(tuple("verification", purchase.toString()));
        sql.execute("INSERT INTO verification_batches (purchase_ids, due_at) SELECT purchase_ids, due_at FROM kept");
        sql.execute("DROP TABLE kept");
    }

    @Test
    void findsAPurchaseThatHasNotWhatItsFactsEarn() {
        sql.execute("ALTER TABLE cashback_credits DISABLE TRIGGER cashback_credits_append_only");
        for (int amount : new int[] {501, 499}) {
            sql.execute("UPDATE cashback_credits SET amount_minor = ? WHERE purchase_id = ?", amount, purchase);
            assertThat(differences())
                    .filteredOn(difference -> difference.what().equals("amount"))
                    .containsExactly(new Difference(
                            "amount",
                            purchase.toString(),
                            "500: 5000 of 5000 kept earns 500, 0 of the cap before it",
                            Integer.toString(amount)));
        }
        sql.execute("UPDATE cashback_credits SET amount_minor = 500 WHERE purchase_id = ?", purchase);
        sql.execute("ALTER TABLE cashback_credits ENABLE TRIGGER cashback_credits_append_only");
    }

    @Test
    void findsAmountsThatNobodyHasTold() {
        sql.execute("UPDATE purchases SET refunded_minor = 100 WHERE id = ?", purchase);
        assertThat(wrongPurchases()).containsExactly(purchase.toString());
        sql.execute("UPDATE purchases SET refunded_minor = 0, corrected_minor = 100 WHERE id = ?", purchase);
        assertThat(wrongPurchases()).containsExactly(purchase.toString());
        sql.execute("UPDATE purchases SET corrected_minor = NULL WHERE id = ?", purchase);
    }

    @Test
    void findsAmountsThatARejectedPurchaseShowsAgainstItsTime() {
        given.asAdmin()
                .post("/purchases/" + purchase + "/rejection", JsonObject.of("reason", "no"))
                .expect(200);
        sql.execute("UPDATE purchases SET rejected_at = created_at WHERE id = ?", purchase);
        refund("after", "1 second");
        assertThat(differences()).as("counts for nothing").isEmpty();
        refund("before", "-1 second");
        assertThat(wrongPurchases()).containsExactly(purchase.toString());
        sql.execute("UPDATE purchases SET refunded_minor = 100 WHERE id = ?", purchase);
    }

    private void refund(String id, String afterRejection) {
        sql.execute(
                "INSERT INTO refunds (id, purchase_id, external_id, amount_minor, cashback_minor, occurred_at, created_at)"
                        + " SELECT gen_random_uuid(), id, ?, 100, 0, rejected_at + ?::interval, created_at"
                        + " FROM purchases WHERE id = ?",
                id,
                afterRejection,
                purchase);
    }

    private static List<String> wrongPurchases() {
        return differences().stream()
                .filter(difference -> difference.what().equals("purchase"))
                .map(Difference::which)
                .toList();
    }

    /** A pending copy that is listed for verification, far in the future, and not for crediting. */
    private UUID uncreditedCopy() {
        UUID copy = PurchaseRows.uncreditedCopy(sql, purchase);
        sql.execute("INSERT INTO verification_batches (purchase_ids, due_at) VALUES (ARRAY[?], 'infinity')", copy);
        return copy;
    }

    @Test
    void findsAWalletThatIsMissing() {
        sql.execute("CREATE TABLE kept AS SELECT * FROM wallets WHERE user_id = ?", user.userId());
        sql.execute("DELETE FROM wallets WHERE user_id = ?", user.userId());
        assertThat(differences())
                .extracting(Difference::what, Difference::which)
                .containsExactly(tuple("wallet", user.userId().toString()));
        sql.execute("INSERT INTO wallets SELECT * FROM kept");
        sql.execute("DROP TABLE kept");
    }

    @Test
    void findsAUserWhoseWalletWasNeverOpened() {
        UUID poor = given.member().userId();
        sql.execute("DELETE FROM wallets WHERE user_id = ?", poor);
        assertThat(differences())
                .extracting(Difference::what, Difference::which)
                .containsExactly(tuple("wallet", poor.toString()));
        sql.execute("INSERT INTO wallets (user_id) VALUES (?)", poor);
    }

    @Test
    void findsATransferThatIsMissing() {
        sql.execute("CREATE TABLE kept AS SELECT * FROM ledger_transfers WHERE purchase_id = ?", purchase);
        unprotected("DELETE FROM ledger_transfers WHERE purchase_id = ?", purchase);
        assertThat(differences()).extracting(Difference::what).containsExactlyInAnyOrder("wallet", "cap", "purchase");
        assertThat(differences())
                .filteredOn(difference -> difference.what().equals("purchase"))
                .extracting(Difference::which)
                .containsExactly(purchase.toString());
        sql.execute("INSERT INTO ledger_transfers SELECT * FROM kept");
        sql.execute("DROP TABLE kept");
    }

    @Test
    void findsATransferOfAWrongAmount() {
        unprotected("UPDATE ledger_transfers SET amount_minor = 501 WHERE purchase_id = ?", purchase);
        assertThat(differences()).extracting(Difference::what).containsExactlyInAnyOrder("wallet", "cap", "purchase");
        unprotected("UPDATE ledger_transfers SET amount_minor = 500 WHERE purchase_id = ?", purchase);
    }

    /** The sums of all wallets would still be right. */
    @Test
    void findsATransferOfAnotherUser() {
        Session other = given.member();
        given.buy(other, merchant, "50.00");
        service.awaitCredits();
        unprotected("UPDATE ledger_transfers SET user_id = ? WHERE purchase_id = ?", other.userId(), purchase);
        assertThat(differences())
                .extracting(Difference::which)
                .contains(user.userId().toString(), other.userId().toString());
        unprotected("UPDATE ledger_transfers SET user_id = ? WHERE purchase_id = ?", user.userId(), purchase);
    }

    @Test
    void findsAStateThatChangedWithoutItsMovement() {
        sql.execute("UPDATE purchases SET status = 'confirmed' WHERE id = ?", purchase);
        assertThat(differences())
                .extracting(Difference::what, Difference::which)
                .containsExactly(tuple("purchase", purchase.toString()));
        sql.execute("UPDATE purchases SET status = 'pending' WHERE id = ?", purchase);
    }

    @Test
    void findsADecidedPurchaseThatWasNeverCredited() {
        sql.execute("CREATE TABLE kept AS SELECT * FROM cashback_credits WHERE purchase_id = ?", purchase);
        sql.execute("ALTER TABLE cashback_credits DISABLE TRIGGER cashback_credits_append_only");
        sql.execute("DELETE FROM cashback_credits WHERE purchase_id = ?", purchase);
        sql.execute("UPDATE purchases SET status = 'reversed' WHERE id = ?", purchase);
        assertThat(differences())
                .filteredOn(difference -> difference.what().equals("purchase"))
                .extracting(Difference::actual)
                .singleElement()
                .asString()
                .contains("never credited");
        sql.execute("INSERT INTO cashback_credits SELECT * FROM kept");
        sql.execute("UPDATE purchases SET status = 'pending' WHERE id = ?", purchase);
        sql.execute("ALTER TABLE cashback_credits ENABLE TRIGGER cashback_credits_append_only");
        sql.execute("DROP TABLE kept");
    }

    private static void confirm(UUID id) {
        given.asAdmin().post("/purchases/" + id + "/confirmation").expect(200);
    }

    private static void unprotected(String statement, Object... arguments) {
        sql.execute("ALTER TABLE ledger_transfers DISABLE TRIGGER ledger_transfers_append_only");
        sql.execute(statement, arguments);
        sql.execute("ALTER TABLE ledger_transfers ENABLE TRIGGER ledger_transfers_append_only");
    }

    private static List<Difference> differences() {
        return differences(service);
    }

    /** The differences that the check finds. The check in the background finds those of users as well, slice by slice. */
    static List<Difference> differences(TestService service) {
        service.awaitCredits();
        List<Difference> all =
                await(BooksCheck.run(service.app().database(), service.clock().instant()));
        List<Difference> expected = all.stream()
                .filter(difference -> OF_USERS.contains(difference.what()))
                .toList();
        // A row that is booked to the wrong user is missed at the right one too.
        assertThat(ofUsers(service))
                .as("the check of some users after the others")
                .containsAll(expected)
                .satisfies(found -> assertThat(found.isEmpty()).isEqualTo(expected.isEmpty()));
        return all;
    }

    private static List<Difference> ofUsers(TestService service) {
        SlicedBooksCheck check = new SlicedBooksCheck(service.app().database(), service.clock());
        List<Difference> all = new ArrayList<>();
        List<UUID> users = await(check.usersAfter(new UUID(0, 0), 2));
        while (!users.isEmpty()) {
            all.addAll(await(check.differences(users)));
            users = await(check.usersAfter(users.get(users.size() - 1), 2));
        }
        return all;
    }
}
