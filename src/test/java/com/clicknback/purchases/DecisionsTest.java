package com.clicknback.purchases;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.CashbackType;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions in transactions of their own, where no follower credits anything before them. */
class DecisionsTest {
    private static final Actor ADMIN = Actor.admin(UUID.randomUUID(), "request-1");
    private static Workbench bench;
    private UUID user;
    private UUID merchant;

    @BeforeAll
    static void openBench() {
        bench = Workbench.open();
    }

    @AfterAll
    static void closeBench() {
        bench.close();
    }

    @BeforeEach
    void aUserAtAMerchantOfFivePercent() {
        user = bench.user();
        merchant = bench.merchant();
    }

    @Test
    void aPurchaseThatIsNotCreditedYetIsCreditedFirst() {
        UUID id = bench.purchase(user, merchant, 1_000);
        decide(id, Decision.CONFIRM);
        assertThat(bench.find(id).cashbackStatus()).isEqualTo(CashbackStatus.AVAILABLE);
        assertThat(bench.sql.<String>column("SELECT kind FROM ledger_transfers WHERE purchase_id = ? ORDER BY id", id))
                .containsExactly("cashback_credit", "cashback_confirmed");
        assertThat(auditOf(id))
                .containsExactly(
                        "CASHBACK_CREDITED system {\"cashback_amount\": \"0.50\"}",
                        "PURCHASE_CONFIRMED admin {\"amount\": \"10.00\", \"currency\": \"EUR\", \"merchant_id\": \""
                                + merchant + "\", \"cashback_amount\": \"0.50\"}");
        assertThat(bench.differences()).isEmpty();
    }

    /** Consumers of the log must not miss a credit because it came with a decision. */
    @Test
    void aCreditThatComesWithADecisionIsAnEventLikeAnyOther() {
        UUID id = bench.purchase(user, merchant, 1_000);
        decide(id, Decision.REVERSE);
        assertThat(eventsOf(id)).containsExactly("purchases.ingested", "cashback.credited", "purchases.reversed");
        JsonObject credited = new JsonObject(bench.sql.<String>value(
                "SELECT event_payload(e)::text FROM event_log e WHERE type = 'cashback.credited' AND event_payload(e)::text LIKE ?",
                "%" + id + "%"));
        assertThat(credited.getJsonArray("credits"))
                .containsExactly(JsonObject.of(
                        "purchase_id", id.toString(),
                        "user_id", user.toString(),
                        "amount_minor", 50));
    }

    @Test
    void whoeverComesAfterADecisionHasNothingLeftToCredit() {
        UUID id = bench.purchase(user, merchant, 1_000);
        decide(id, Decision.CONFIRM);
        bench.credit(user, id);
        assertThat(bench.sql.count("SELECT count(*) FROM ledger_transfers WHERE purchase_id = ?", id))
                .isEqualTo(2);
    }

    @Test
    void aRefusedDecisionLeavesNoTrace() {
        UUID id = bench.purchase(user, merchant, 1_000);
        decide(id, Decision.REJECT);
        List<String> audit = auditOf(id);
        List<String> events = eventsOf(id);
        assertRefused(id, Decision.CONFIRM, ErrorCode.PURCHASE_NOT_PENDING);
        assertRefused(id, Decision.REVERSE, ErrorCode.PURCHASE_NOT_REVERSIBLE);
        assertThat(auditOf(id)).isEqualTo(audit);
        assertThat(eventsOf(id)).isEqualTo(events);
    }

    @Test
    void anUnknownPurchaseIsNotFound() {
        assertRefused(UUID.randomUUID(), Decision.CONFIRM, ErrorCode.NOT_FOUND);
    }

    @Test
    void aDecidedPurchaseAwaitsNoVerification() {
        for (Decision decision : Decision.values()) {
            UUID id = bench.purchase(user, merchant, 1_000);
            bench.sql.execute(
                    "INSERT INTO verifications (purchase_id, user_id, merchant_id, attempts, due_at)"
                            + " VALUES (?, ?, ?, 1, now())",
                    id,
                    user,
                    merchant);
            decide(id, decision);
            assertThat(verificationsOf(id)).isZero();
        }
    }

    @Test
    void ofManyPurchasesThoseThatAllowItAreDecided() {
        UUID other = bench.user();
        UUID pending = bench.purchase(user, merchant, 1_000);
        UUID alsoPending = bench.purchase(other, merchant, 2_000);
        UUID reversed = bench.purchase(user, merchant, 3_000);
        decide(reversed, Decision.REVERSE);
        Map<UUID, String> reasons = new HashMap<>();
        List.of(pending, alsoPending, reversed, UUID.randomUUID()).forEach(id -> reasons.put(id, "batch"));
        Decisions.Outcome outcome = await(bench.decisions.decide(Decision.REJECT, reasons, Actor.system("run")));
        assertThat(outcome.applied()).extracting(PurchaseState::id).containsExactlyInAnyOrder(pending, alsoPending);
        assertThat(outcome.creditedFirst()).isEqualTo(2);
        assertThat(bench.find(pending).rejectionReason()).isEqualTo("batch");
        assertThat(bench.find(reversed).rejectionReason()).isNull();
        assertThat(bench.differences()).isEmpty();
    }

    /** Crediting and decisions about the same users and caps, in any order and at once, neither deadlock nor overdraw. */
    @Test
    void creditingAndDecidingAtOnceComesOutRight() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        UUID capped = bench.merchantOffering(CashbackType.FIXED, 50_000, 2_000);
        List<UUID> users = List.of(bench.user(), bench.user(), bench.user());
        Map<UUID, UUID> ownerById = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            UUID owner = users.get(random.nextInt(users.size()));
            ownerById.put(bench.purchase(owner, capped, 1_000), owner);
        }
        List<UUID> ids = new ArrayList<>(ownerById.keySet());
        List<Future<?>> workers = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            Future<?> work = Future.succeededFuture();
            for (int i = 0; i < 15; i++) {
                Map<UUID, String> some = new HashMap<>();
                for (int n = random.nextInt(4); n >= 0; n--) {
                    some.put(ids.get(random.nextInt(ids.size())), "random");
                }
                List<UUID> owners = some.keySet().stream().map(ownerById::get).toList();
                int choice = random.nextInt(Decision.values().length * 2);
                work = work.compose(done -> choice < Decision.values().length
                        ? bench.decisions
                                .decide(Decision.values()[choice], some, ADMIN)
                                .mapEmpty()
                        : bench.database.inTransaction(tx -> bench.crediting
                                .creditMissing(tx, some.keySet(), owners)
                                .mapEmpty()));
            }
            workers.add(work);
        }
        await(Future.join(workers));
        for (UUID owner : users) {
            assertThat(bench.sql.count(
                            "SELECT coalesce(sum(pending_minor + available_minor), 0) FROM wallets WHERE user_id = ?",
                            owner))
                    .as("seed %s", seed)
                    .isLessThanOrEqualTo(2_000);
        }
        assertThat(bench.differences()).as("seed %s", seed).isEmpty();
    }

    private void decide(UUID id, Decision decision) {
        await(bench.database.inTransaction(
                tx -> bench.decisions.applyToOne(tx, new Purchases.Decide(id, decision, "reason", ADMIN))));
    }

    private void assertRefused(UUID id, Decision decision, ErrorCode code) {
        assertThatThrownBy(() -> decide(id, decision))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private List<String> auditOf(UUID id) {
        return bench.sql.column(
                "SELECT action || ' ' || actor_type || ' ' || details FROM audit_log WHERE resource_id = ? ORDER BY id",
                id.toString());
    }

    private List<String> eventsOf(UUID id) {
        return bench.sql.column(
                "SELECT type FROM event_log e WHERE event_payload(e)::text LIKE ? ORDER BY transaction_id, serial",
                "%" + id + "%");
    }

    private long verificationsOf(UUID id) {
        return bench.sql.count("SELECT count(*) FROM verifications WHERE purchase_id = ?", id);
    }
}
