package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.BooksCheck;
import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.HeldCrediting;
import com.clicknback.testing.MintedToken;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A partner with shoppers at two merchants, made before a fault, and the judgement of the database after it. */
final class Trial {
    private static final int USERS = 20;
    private static final int SHOPPERS = 4;
    private static final int BATCH_SIZE = 20;
    private static final int BATCH_ONE_IN = 10;
    private static final int STARTS_MAX = 5;
    private static final Duration CREDIT_WAIT_MAX = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(50);

    private static final String BOOKED = """
            SELECT p.external_id, p.id, c.amount_minor AS credited,
                   count(t.id) AS transfers, coalesce(sum(t.amount_minor), 0)::bigint AS booked
            FROM purchases p
            LEFT JOIN cashback_credits c ON c.purchase_id = p.id
            LEFT JOIN ledger_transfers t ON t.purchase_id = p.id AND t.kind = 'cashback_credit'
            WHERE p.user_id = ANY (?) GROUP BY p.id, c.amount_minor
            """;

    private static final String CREDITED = """
            SELECT count(*) FROM purchases p JOIN cashback_credits c ON c.purchase_id = p.id WHERE p.partner_id = ?
            """;

    private static final String IN_WALLETS = """
            SELECT coalesce(sum(pending_minor + available_minor), 0)::bigint FROM wallets WHERE user_id = ANY (?)
            """;

    /**
     * The words of the event log about each purchase, unless they are its purchase and its credit, once each, in this
     * order.
     */
    private static final String TOLD_WRONGLY = """
            WITH told AS (
                SELECT (item ->> 'purchase_id')::uuid AS purchase_id,
                       string_agg(e.type, ' ' ORDER BY e.transaction_id, e.serial) AS events
                FROM event_log e CROSS JOIN LATERAL jsonb_path_query(event_payload(e), '$.*[*]') item
                WHERE e.type IN ('purchases.ingested', 'cashback.credited') GROUP BY 1)
            SELECT coalesce(p.id, told.purchase_id) || ': ' || coalesce(told.events, 'nothing')
            FROM purchases p
            LEFT JOIN cashback_credits c ON c.purchase_id = p.id
            FULL JOIN told ON told.purchase_id = p.id
            WHERE p.id IS NULL OR told.events IS DISTINCT FROM
                CASE WHEN c.purchase_id IS NULL THEN 'purchases.ingested' ELSE 'purchases.ingested cashback.credited' END
            """;

    private final Address database;
    private final Partner partner;
    private final UUID adminId;
    private final List<UUID> userIds;
    private final List<UUID> shopperIds;

    /** The percentage that a purchase earns, by merchant. */
    private final Map<UUID, BigDecimal> percentages;

    private Trial(
            Address database,
            Partner partner,
            UUID adminId,
            List<UUID> userIds,
            List<UUID> shopperIds,
            Map<UUID, BigDecimal> percentages) {
        this.database = database;
        this.partner = partner;
        this.adminId = adminId;
        this.userIds = userIds;
        this.shopperIds = shopperIds;
        this.percentages = percentages;
    }

    /** Set up by a service of its own, which is closed again. */
    static Trial on(Address database) {
        try (TestService service = start(database)) {
            return of(service);
        }
    }

    /** A start asks once for the database's primary. A busy machine may answer too late. */
    private static TestService start(Address database) {
        for (int more = STARTS_MAX - 1; ; more--) {
            try {
                return TestService.start(database, new TestClock());
            } catch (DomainException failure) {
                if (more == 0 || !DomainException.isUnavailable(failure)) {
                    throw failure;
                }
            }
        }
    }

    private static Trial of(TestService service) {
        Scenario given = new Scenario(service);
        UUID withDefault = given.merchant("5");
        UUID withOffer = given.merchant("3");
        given.offer(withOffer, "percent", "10", "1000000");
        return new Trial(
                service.database(),
                given.partner(),
                given.admin().userId(),
                given.users(USERS),
                given.users(SHOPPERS),
                Map.of(withDefault, new BigDecimal(5), withOffer, BigDecimal.TEN));
    }

    Address database() {
        return database;
    }

    /** Keeps every process from crediting until the connection is closed. */
    Connection holdCrediting() {
        Connection holder = sql().connect();
        try (PreparedStatement lock = holder.prepareStatement(HeldCrediting.HOLD)) {
            holder.setAutoCommit(false);
            lock.execute();
            return holder;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Partner partner() {
        return partner;
    }

    Sql sql() {
        return new Sql(database);
    }

    UUID adminId() {
        return adminId;
    }

    /** Users whom the partner does not know of. */
    List<UUID> shopperIds() {
        return shopperIds;
    }

    UUID tenPercentMerchantId() {
        return percentages.entrySet().stream()
                .filter(merchant -> merchant.getValue().equals(BigDecimal.TEN))
                .findAny()
                .orElseThrow()
                .getKey();
    }

    /** An access token of a user or of the administrator, issued now. */
    String accessToken(UUID userId) {
        return MintedToken.of(userId, userId.equals(adminId) ? "admin" : "user", Instant.now());
    }

    /** Makes all purchases that await verification due, as they are when minutes have passed. */
    void lapseClaims() {
        sql().execute("UPDATE verification_batches SET due_at = now()");
        sql().execute("UPDATE verifications SET due_at = now() WHERE due_at IS NOT NULL");
    }

    /** A sender of this trial's partner, at work. */
    Sender sender(Supplier<ApiClient> target) {
        return sender(target, InstantSource.system());
    }

    /** One whose host has a clock of its own. */
    Sender sender(Supplier<ApiClient> target, InstantSource clock) {
        return new Sender(partner, this::report, target, clock).start();
    }

    /** Mostly a single purchase, now and then a batch. */
    private Report report() {
        boolean batch = ThreadLocalRandom.current().nextInt(BATCH_ONE_IN) == 0;
        List<ReportedPurchase> purchases = new ArrayList<>();
        for (int i = 0; i < (batch ? BATCH_SIZE : 1); i++) {
            purchases.add(purchase());
        }
        return Report.of(purchases);
    }

    /** A purchase that nobody has seen before. */
    ReportedPurchase purchase() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        List<UUID> merchantIds = List.copyOf(percentages.keySet());
        return ReportedPurchase.of(
                userIds.get(random.nextInt(userIds.size())),
                merchantIds.get(random.nextInt(merchantIds.size())),
                BigDecimal.valueOf(random.nextLong(1, 100_000), 2));
    }

    private long cashbackMinor(ReportedPurchase purchase) {
        return purchase.amount()
                .multiply(percentages.get(purchase.merchantId()))
                .movePointLeft(2)
                .setScale(2, RoundingMode.HALF_EVEN)
                .unscaledValue()
                .longValueExact();
    }

    /** Those of these purchases that are not there. */
    Set<ReportedPurchase> missing(Collection<ReportedPurchase> purchases) {
        Set<String> stored =
                Set.copyOf(sql().column("SELECT external_id FROM purchases WHERE user_id = ANY (?)", users()));
        return purchases.stream()
                .filter(purchase -> !stored.contains(purchase.externalId()))
                .collect(Collectors.toSet());
    }

    private Object users() {
        return userIds.toArray(UUID[]::new);
    }

    long credited() {
        return sql().count(CREDITED, partner.id());
    }

    void awaitCredited(int purchases) {
        Waiting.until(purchases + " purchases are credited", CREDIT_WAIT_MAX, POLL, () -> credited() >= purchases);
    }

    boolean isAllConfirmed() {
        return sql().count(
                                "SELECT count(*) FROM purchases WHERE partner_id = ? AND status <> 'confirmed'",
                                partner.id())
                == 0;
    }

    /** Waits for the credit of these purchases, of which each must be there once and be credited once. */
    void requireKept(Map<ReportedPurchase, UUID> acknowledged) {
        Waiting.until(
                "what was acknowledged is credited",
                CREDIT_WAIT_MAX,
                POLL,
                () -> differences(acknowledged, booked()).stream().noneMatch(line -> line.endsWith("not credited")));
        assertThat(differences(acknowledged, booked())).isEmpty();
    }

    /** Everything there is, is what was acknowledged: once each, credited once each, and so it stands in the books. */
    void requireExactly(Map<ReportedPurchase, UUID> acknowledged) {
        requireKept(acknowledged);
        long expectedMinor =
                acknowledged.keySet().stream().mapToLong(this::cashbackMinor).sum();
        assertThat(booked()).hasSize(acknowledged.size());
        assertThat(sql().<Long>value(IN_WALLETS, users())).isEqualTo(expectedMinor);
        requireToldInOrder();
        requireCleanLedger();
    }

    /** The event log tells of each purchase once, and once of its credit, after it; holds at any time, under load too. */
    void requireToldInOrder() {
        assertThat(sql().column(TOLD_WRONGLY)).isEmpty();
    }

    private Map<String, Map<String, @Nullable Object>> booked() {
        Map<String, Map<String, @Nullable Object>> byExternalId = new HashMap<>();
        for (Map<String, @Nullable Object> row : sql().rows(BOOKED, users())) {
            if (byExternalId.put((String) row.get("external_id"), row) != null) {
                throw new AssertionError("stored twice: " + row);
            }
        }
        return byExternalId;
    }

    private List<String> differences(
            Map<ReportedPurchase, UUID> acknowledged, Map<String, Map<String, @Nullable Object>> booked) {
        List<String> differences = new ArrayList<>();
        acknowledged.forEach((purchase, id) -> {
            Map<String, @Nullable Object> row = booked.get(purchase.externalId());
            String difference = difference(purchase, id, row);
            if (difference != null) {
                differences.add(purchase.externalId() + " acknowledged as " + id + ": " + difference);
            }
        });
        return differences;
    }

    private @Nullable String difference(
            ReportedPurchase purchase, UUID id, @Nullable Map<String, @Nullable Object> row) {
        if (row == null) {
            return "lost";
        }
        if (!id.equals(row.get("id"))) {
            return "stored as " + row.get("id");
        }
        if (row.get("credited") == null) {
            return "not credited";
        }
        long expectedMinor = cashbackMinor(purchase);
        boolean once = row.get("credited").equals(expectedMinor)
                && row.get("booked").equals(expectedMinor)
                && row.get("transfers").equals(expectedMinor == 0 ? 0L : 1L);
        return once ? null : "credited " + row + " instead of " + expectedMinor;
    }

    void requireCleanLedger() {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            Database pool = Database.open(
                    vertx, new DatabaseSettings(database.uri(), database.user(), database.password(), 2, 10, 60_000));
            assertThat(TestService.await(BooksCheck.run(pool))).isEmpty();
        } finally {
            TestService.await(vertx.close());
        }
    }
}
