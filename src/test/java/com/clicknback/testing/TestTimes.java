package com.clicknback.testing;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints now and then how far a long run is, and at its end how long each group of test classes took: those of a tag, or
 * untagged those of a package.
 */
public final class TestTimes implements TestExecutionListener {
    private static final int CLASS_DEPTH = 2;

    /** Maven says nothing with -q, and a run that is silent for long looks stuck. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final Map<String, Spent> groups = new HashMap<>();
    private long planStartedNanos;
    private long toldNanos;
    private long classes;
    private long classesDone;

    // Classes run one at a time: see junit-platform.properties.
    private long classStartedNanos;
    private int classTests;

    private record Spent(int tests, Duration time) {
        Spent plus(Spent other) {
            return new Spent(tests + other.tests, time.plus(other.time));
        }
    }

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        planStartedNanos = System.nanoTime();
        toldNanos = planStartedNanos;
        classes = plan.countTestIdentifiers(TestTimes::isClass);
    }

    private void tellProgress() {
        long nowNanos = System.nanoTime();
        if (nowNanos - toldNanos >= SILENCE.toNanos() && classesDone < classes) {
            toldNanos = nowNanos;
            System.out.println("Tests: " + classesDone + " of " + classes + " classes, "
                    + Duration.ofNanos(nowNanos - planStartedNanos).toSeconds() + " s");
        }
    }

    @Override
    public void executionStarted(TestIdentifier identifier) {
        if (isClass(identifier)) {
            classStartedNanos = System.nanoTime();
            classTests = 0;
        }
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        if (identifier.isTest()) {
            classTests++;
        }
        if (isClass(identifier)) {
            Duration time = Duration.ofNanos(System.nanoTime() - classStartedNanos);
            groups.merge(group(identifier), new Spent(classTests, time), Spent::plus);
            classesDone++;
            tellProgress();
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (groups.size() > 1) {
            System.out.println(table());
        }
    }

    private static boolean isClass(TestIdentifier identifier) {
        return identifier.getUniqueIdObject().getSegments().size() == CLASS_DEPTH;
    }

    private static String group(TestIdentifier identifier) {
        if (!identifier.getTags().isEmpty()) {
            return identifier.getTags().stream().map(TestTag::getName).sorted().collect(joining(", ", "tag ", ""));
        }
        return identifier
                .getSource()
                .map(source -> ((ClassSource) source).getJavaClass().getPackageName())
                .orElseGet(identifier::getDisplayName);
    }

    private String table() {
        return groups.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparing(Spent::time).reversed()))
                .map(group -> String.format(
                        Locale.ROOT,
                        "%8.1f s %6d tests  %s",
                        group.getValue().time().toMillis() / 1000.0,
                        group.getValue().tests(),
                        group.getKey()))
                .collect(joining("%n".formatted(), "Time by tag or package%n".formatted(), ""));
    }
}
