package com.clicknback.platform.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of one process. The methods name those of the domains. Vert.x (HTTP by operation, pools, event
 * loops) and the JVM add their own. Every label has a bounded set of values.
 */
public final class Metrics {
    private static final double[] BATCH_SIZE_BUCKETS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000};

    private final PrometheusMeterRegistry registry = registry();

    /** Function counters hold their source weakly; this keeps it. */
    private final List<LongSupplier> sources = new CopyOnWriteArrayList<>();

    private static final String PARTNER_REJECTIONS = "clicknback.partner.rejections";
    private static final int PARTNER_LABELS_MAX = 100;
    private final Set<UUID> labelled = ConcurrentHashMap.newKeySet();
    private final PartnerVerdictCounters partnerVerdicts = new PartnerVerdictCounters(registry);
    private volatile DoubleSupplier creditingLag = () -> 0;
    private volatile IntSupplier ingestQueueDepth = () -> 0;

    private final Counter purchasesAccepted = counter("clicknback.purchases.accepted", "Purchases stored by ingestion");
    private final Counter purchasesDuplicate =
            counter("clicknback.purchases.duplicate", "Purchases sent again and answered with the stored one");
    private final Counter purchasesRejected =
            counter("clicknback.purchases.rejected", "Purchases refused by ingestion");
    private final Counter purchasesCredited =
            counter("clicknback.purchases.credited", "Purchases whose cashback was credited");
    private final ClickMetrics clicks = new ClickMetrics(registry);
    private final DistributionSummary ingestBatchSize = DistributionSummary.builder("clicknback.ingest.batch.size")
            .description("Purchases of one ingestion commit")
            .serviceLevelObjectives(BATCH_SIZE_BUCKETS)
            .register(registry);
    private final Counter deliveriesNotRecorded = counter(
            "clicknback.partner.deliveries.not.recorded", "Deliveries of partners that the record had no room for");
    private final Counter verificationsSucceeded = verificationRuns("success");
    private final Counter verificationsFailed = verificationRuns("failure");

    public Metrics() {
        FunctionCounter.builder("clicknback.log.dropped", DroppingAppender.class, log -> DroppingAppender.dropped())
                .description("Lines of the log that were dropped because it is read too slowly, or cannot be written")
                .register(registry);
    }

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry made = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        made.config().meterFilter(new ResponseTimeBuckets());
        // Wrong once clients leave: Vert.x reports each reset of a connection twice.
        made.config().meterFilter(MeterFilter.denyNameStartsWith("vertx.http.server.active.requests"));
        made.config().meterFilter(MeterFilter.denyNameStartsWith("vertx.http.server.request.resets"));
        return made;
    }

    /** Builds a Vertx whose measurements are registered here; without tracers it traces nothing. */
    public Vertx vertx(VertxOptions options, @Nullable VertxTracerFactory tracers) {
        MicrometerMetricsOptions measured = new MicrometerMetricsOptions()
                .setEnabled(true)
                // Registries are known by name in the whole JVM.
                .setRegistryName(UUID.randomUUID().toString())
                .setJvmMetricsEnabled(true)
                .setNettyMetricsEnabled(true)
                // Each crossing of the bus would be measured five times; queues and operations tell as much.
                .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS)
                // The route is the operation; the method would be a label that clients choose.
                .setLabels(EnumSet.of(Label.HTTP_ROUTE, Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME));
        return Unhandled.watch(Vertx.builder()
                .with(new VertxOptions(options).setMetricsOptions(measured))
                .withMetrics(new MicrometerMetricsFactory(registry))
                .withTracer(tracers)
                .build());
    }

    public void purchasesAccepted(int count) {
        purchasesAccepted.increment(count);
    }

    public void purchasesDuplicate(int count) {
        purchasesDuplicate.increment(count);
    }

    public void purchasesRejected(int count) {
        purchasesRejected.increment(count);
    }

    public void purchasesCredited(int count) {
        purchasesCredited.increment(count);
    }

    /**
     * Counts a message of a partner, or a purchase of its batch, that was rejected or whose signature was refused. The first
     * partners of a process have a label of their own, so that the number of labels is bounded.
     */
    public void partnerRejection(UUID partnerId, String code) {
        Counter.builder(PARTNER_REJECTIONS)
                .description("Messages of partners, or purchases of their batches, that were rejected")
                .tag("partner", partnerLabel(partnerId))
                .tag("code", code)
                .register(registry)
                .increment();
    }

    /** Counts a message of a partner, or the purchases of its batch, by what was accepted and what was known. */
    public void partnerVerdicts(UUID partnerId, int accepted, int duplicates) {
        partnerVerdicts.add(partnerLabel(partnerId), accepted, duplicates);
    }

    /** The counters and gauges that the live statistics are made of, as they stand. */
    public Reading reading() {
        return new Reading(
                (long) purchasesAccepted.count(),
                (long) purchasesDuplicate.count(),
                (long) purchasesCredited.count(),
                creditingLag.getAsDouble(),
                ingestQueueDepth.getAsInt(),
                partnerVerdicts.read(PARTNER_REJECTIONS));
    }

    /** Counts a message of a partner that was refused so that there is room for others, or since there is none at all. */
    public void partnerOverloaded(UUID partnerId) {
        Counter.builder("clicknback.partner.overloaded")
                .description("Signed messages of partners that were answered OVERLOADED")
                .tag("partner", partnerLabel(partnerId))
                .register(registry)
                .increment();
    }

    private String partnerLabel(UUID partnerId) {
        boolean named = labelled.contains(partnerId) || labelled.size() < PARTNER_LABELS_MAX && labelled.add(partnerId);
        return named ? partnerId.toString() : "other";
    }

    /** Counts an event of a partner that was taken, waited for its purchase, and was refused then. */
    public void partnerEventRefused(UUID partnerId, String code) {
        Counter.builder("clicknback.partner.events.refused")
                .description("Events of partners that waited for their purchase and were refused once it came")
                .tag("partner", partnerLabel(partnerId))
                .tag("code", code)
                .register(registry)
                .increment();
    }

    /** Counts an event of a partner whose purchase never came. */
    public void partnerEventExpired(UUID partnerId) {
        Counter.builder("clicknback.partner.events.expired")
                .description("Events of partners that waited for their purchase for too long")
                .tag("partner", partnerLabel(partnerId))
                .register(registry)
                .increment();
    }

    /** Registers the events of partners that cannot be applied though their purchase is there; called from any thread. */
    public void partnerEventsSetAside(LongSupplier count) {
        Gauge.builder("clicknback.partner.events.set.aside", count::getAsLong)
                .description("Events of partners that cannot be applied and are tried again later")
                .register(registry);
    }

    /**
     * Counts a message whose signature was refused.
     *
     * @param partnerId null when there is no such partner
     */
    public void signatureRefused(@Nullable UUID partnerId, Enum<?> reason) {
        Counter.builder("clicknback.partner.signatures.refused")
                .description("Messages of partners whose signature was refused")
                .tag("partner", partnerId == null ? "unknown" : partnerLabel(partnerId))
                .tag("reason", word(reason))
                .register(registry)
                .increment();
    }

    /** Counts an attempt to log in. */
    public void login(Enum<?> outcome) {
        Counter.builder("clicknback.logins")
                .description("Attempts to log in")
                .tag("outcome", word(outcome))
                .register(registry)
                .increment();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Counts a delivery that found no room on its way to the record. */
    public void deliveryNotRecorded() {
        deliveriesNotRecorded.increment();
    }

    /** Registers the number of secrets that end soon though their partners need them; called from any thread. */
    public void partnerSecretsExpiring(IntSupplier count) {
        Gauge.builder("clicknback.partner.secrets.expiring", count::getAsInt)
                .description("Secrets that expire within 14 days and that their partners still need")
                .register(registry);
    }

    public ReleaseMetrics releases() {
        return new ReleaseMetrics(registry);
    }

    DatabaseMetrics database() {
        return new DatabaseMetrics(registry);
    }

    public ClusterMetrics cluster() {
        return new ClusterMetrics(registry);
    }

    /** Records the size of one ingestion commit. */
    public void ingestBatch(int size) {
        ingestBatchSize.record(size);
    }

    /** Registers the number of purchases that wait for their ingestion commit; called from any thread. */
    public void ingestQueueDepth(IntSupplier depth) {
        ingestQueueDepth = depth;
        Gauge.builder("clicknback.ingest.queue.depth", depth::getAsInt)
                .description("Purchases that wait for their ingestion commit")
                .register(registry);
    }

    public ClickMetrics clicks() {
        return clicks;
    }

    /** The number of purchases that this process has credited. */
    public long purchasesCredited() {
        return (long) purchasesCredited.count();
    }

    /** Registers the age of the oldest purchase that is not credited yet; called from any thread. */
    public void creditingLag(DoubleSupplier seconds) {
        creditingLag = seconds;
        Gauge.builder("clicknback.crediting.lag.seconds", seconds::getAsDouble)
                .description("Age of the oldest accepted purchase that is not credited yet")
                .register(registry);
    }

    /** The age, in seconds, of the oldest accepted purchase that is not credited yet. */
    public double creditingLag() {
        return creditingLag.getAsDouble();
    }

    /** Registers by how much the host's clock is ahead of the database's; called from any thread. */
    public void clockSkew(DoubleSupplier seconds) {
        Gauge.builder("clicknback.clock.skew.seconds", seconds::getAsDouble)
                .description("Time by which the clock of this host is ahead of the database's")
                .register(registry);
    }

    /** Registers the failed rounds of crediting and the purchases set aside by it; called from any thread. */
    public void crediting(LongSupplier failures, LongSupplier setAside) {
        sources.add(failures);
        FunctionCounter.builder("clicknback.crediting.failures", failures, LongSupplier::getAsLong)
                .description("Rounds of crediting that failed and were retried")
                .register(registry);
        Gauge.builder("clicknback.crediting.set.aside", setAside::getAsLong)
                .description("Purchases whose credit failed by itself and is tried again later")
                .register(registry);
    }

    /**
     * Registers the background check of the books; called from any thread.
     *
     * @param differences of the present pass or the last whole one, whichever found more
     * @param unchecked users of the last whole pass that were too much for it
     * @param ageSeconds the time since the end of the last whole pass
     */
    public void books(
            LongSupplier differences, LongSupplier unchecked, LongSupplier checkedUsers, DoubleSupplier ageSeconds) {
        sources.add(checkedUsers);
        Gauge.builder("clicknback.books.differences", differences::getAsLong)
                .description("Rows that the background check of the books has found to differ from the journal")
                .register(registry);
        Gauge.builder("clicknback.books.unchecked.users", unchecked::getAsLong)
                .description("Users whose books the background check could not read in time")
                .register(registry);
        Gauge.builder("clicknback.books.age.seconds", ageSeconds::getAsDouble)
                .description("Time since the background check has last ended a pass over all users")
                .register(registry);
        FunctionCounter.builder("clicknback.books.checked.users", checkedUsers, LongSupplier::getAsLong)
                .description("Users whose books the background check has read")
                .register(registry);
    }

    /** Registers the position and the failures of a follower of the event log; called from any thread. */
    public void follower(String name, LongSupplier position, LongSupplier failures, DoubleSupplier heldSeconds) {
        sources.add(failures);
        Gauge.builder("clicknback.follower.held.seconds", heldSeconds::getAsDouble)
                .description("Time for which older transactions of the database have held up the follower")
                .tag("follower", name)
                .register(registry);
        Gauge.builder("clicknback.follower.position", position::getAsLong)
                .description("Last event of the log that the follower has handled")
                .tag("follower", name)
                .register(registry);
        FunctionCounter.builder("clicknback.follower.failures", failures, LongSupplier::getAsLong)
                .description("Transactions of the follower that failed")
                .tag("follower", name)
                .register(registry);
    }

    /** Counts one run of the verification job. */
    public void verificationRun(boolean failed) {
        (failed ? verificationsFailed : verificationsSucceeded).increment();
    }

    /** All measurements in the Prometheus text format. */
    String scrape() {
        return registry.scrape();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private Counter verificationRuns(String outcome) {
        return Counter.builder("clicknback.verification.runs")
                .description("Runs of the verification job")
                .tag("outcome", outcome)
                .register(registry);
    }
}
