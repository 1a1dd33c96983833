package com.clicknback.testing;

import com.clicknback.App;
import com.clicknback.BooksCheck;
import com.clicknback.TestConfig;
import com.clicknback.partnerevents.PartnerEventsVerticle;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.clock.DatabaseClock;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.releases.Releases;
import com.clicknback.users.PasswordCost;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A service that runs inside the tests' JVM, and what tests do with it from outside of its event loops. */
public final class TestService implements AutoCloseable {
    private static final int WAIT_S_MAX = 60;

    /** Tests register and log in thousands of users, of whose passwords none is worth anything. */
    private static final PasswordCost CHEAP = new PasswordCost(64, 1);

    private final App app;
    private final App.Running running;
    private final Address database;
    private final TestClock clock;

    private TestService(App app, App.Running running, Address database, TestClock clock) {
        this.app = app;
        this.running = running;
        this.database = database;
        this.clock = clock;
    }

    /** Starts a service with default settings but for those of {@link TestConfig}. */
    public static TestService start(Address database, TestClock clock) {
        return start(database, clock, Map.of());
    }

    /**
     * @param overrides settings by environment variable
     */
    public static TestService start(Address database, TestClock clock, Map<String, String> overrides) {
        return start(database, clock, DatabaseClock.of(clock), overrides);
    }

    /**
     * Starts a service that takes the time from its database, as it does in production.
     *
     * @param host the clock of the service's host
     */
    public static TestService startSynchronised(Address database, TestClock host) {
        return start(database, host, DatabaseClock.synchronised(host), Map.of());
    }

    private static TestService start(
            Address database, TestClock clock, DatabaseClock ofService, Map<String, String> overrides) {
        App app = new App(TestConfig.of(database, overrides), ofService, CHEAP);
        return new TestService(app, await(app.start()), database, clock);
    }

    /** Another service on the same database and clock. */
    public TestService another(Map<String, String> overrides) {
        return start(database, clock, overrides);
    }

    /** Waits for a Future on a test's thread. */
    public static <T> T await(Future<T> future) {
        try {
            return future.await(WAIT_S_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no result after " + WAIT_S_MAX + " s", e);
        }
    }

    /** The service's own parts, to be asked from a test's thread. */
    public App app() {
        return app;
    }

    public Address database() {
        return database;
    }

    public TestClock clock() {
        return clock;
    }

    public Sql sql() {
        return new Sql(database);
    }

    public String url() {
        return "http://127.0.0.1:" + running.httpPort();
    }

    public int httpPort() {
        return running.httpPort();
    }

    public String managementUrl() {
        return "http://127.0.0.1:" + running.managementPort();
    }

    /**
     * The value of a partner's series, with that of all partners beyond those that have a label of their own.
     *
     * @param series with PARTNER in the place of the label
     */
    public double measuredOf(UUID partnerId, String series) {
        return measured(series.replace("PARTNER", partnerId.toString())) + measured(series.replace("PARTNER", "other"));
    }

    /** A measurement by its name and labels as the metrics show them; zero while there is none. */
    public double measured(String series) {
        HttpRequest scrape =
                HttpRequest.newBuilder(URI.create(managementUrl() + "/metrics")).build();
        try {
            return HttpClient.newHttpClient()
                    .send(scrape, BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(series + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public int managementPort() {
        return running.managementPort();
    }

    /** A client without a token. */
    public ApiClient api() {
        return new ApiClient(url());
    }

    /** Asks a domain over the bus and waits for its answer. */
    public <A extends Record> A ask(Request<A> request) {
        return await(app.bus().ask(request));
    }

    /** Returns once everything accepted so far is credited. */
    public void awaitCredits() {
        await(app.credited());
    }

    /** Returns once everything parked for purchases accepted so far is applied. */
    public void awaitPartnerEvents() {
        await(app.followers().caughtUp(PartnerEventsVerticle.FOLLOWER));
    }

    /** Runs the verification job once, now. */
    public void runVerification() {
        await(app.runVerification());
    }

    /** Runs the releases of held cashback once, now. */
    public void runReleases() {
        ask(new Releases.Run());
    }

    /** Fails when any wallet, cap or purchase is not what the journal says. */
    public void requireCleanLedger() {
        List<BooksCheck.Difference> differences = await(BooksCheck.run(app.database(), clock.instant()));
        if (!differences.isEmpty()) {
            throw new AssertionError("the ledger is inconsistent: " + differences);
        }
    }

    @Override
    public void close() {
        await(app.close());
    }
}
