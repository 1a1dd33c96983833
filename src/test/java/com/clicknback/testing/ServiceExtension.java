package com.clicknback.testing;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Gives tests the one service that they all share, and its parts as parameters: {@link TestService}, {@link ApiClient},
 * {@link Scenario}, {@link TestClock}, {@link Sql}. After the last test of the run, the ledger must be consistent, and
 * every documented answer must have been seen if the run is of all tests.
 */
public final class ServiceExtension implements ParameterResolver, TestInstancePreConstructCallback, BeforeEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ServiceExtension.class);

    /** The longest time of a test, so that its clock does not pass midnight while it runs. */
    private static final Duration TEST_TIME_MAX = Duration.ofMinutes(2);

    /** Options of a run of some tests. */
    private static final Set<String> NARROWING = Set.of("test", "groups", "excludedGroups");

    private static final Map<Class<?>, Function<Shared, Object>> PARAMETERS = Map.of(
            TestService.class, shared -> shared.service,
            ApiClient.class, shared -> shared.service.api(),
            Scenario.class, shared -> shared.fixtures,
            TestClock.class, shared -> shared.service.clock(),
            Sql.class, shared -> shared.service.sql());

    /** Closed by JUnit after the last test; what it throws fails the run. */
    private static final class Shared implements AutoCloseable {
        private final TestService service =
                TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock());
        private final Scenario fixtures = new Scenario(service);

        @Override
        public void close() {
            try (service) {
                service.awaitCredits();
                service.awaitPartnerEvents();
                service.runReleases();
                service.requireCleanLedger();
            }
            if (NARROWING.stream().allMatch(option -> System.getProperty(option) == null)) {
                Coverage.ofThisRun().requireComplete(ApiOperation.all());
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.get(parameter.getParameter().getType()).apply(shared(context));
    }

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        shared(context).service.clock().leaveDayWithLessThan(TEST_TIME_MAX);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        shared(context).service.clock().leaveDayWithLessThan(TEST_TIME_MAX);
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Shared.class, key -> new Shared(), Shared.class);
    }
}
