package com.clicknback.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.model.Calls.Tell;
import com.clicknback.model.Circumstances.Pass;
import com.clicknback.model.Circumstances.Release;
import com.clicknback.model.Circumstances.ReleaseHeld;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** A random walk of the service and its model, side by side. */
final class Walk implements AutoCloseable {
    private static final Instant BEGIN = Instant.parse("2026-01-15T12:00:00Z");

    /** Every operation is later than the one before. */
    private static final Duration STEP = Duration.ofMillis(1);

    /** Operations that may be under way before the walk waits for what they set off. */
    private static final int UNDER_WAY_MAX = 10;

    private static final int REMEMBERED_MAX = 30;

    private final Random random;
    private final World world;
    private final Stage stage;
    private final Comparison comparison;
    private final Draw draw;
    private final Deque<String> latest = new ArrayDeque<>();
    private int underWay;

    Walk(long seed, Address database) {
        random = new Random(seed);
        world = new World(BEGIN);
        stage = new Stage(database, BEGIN, world);
        comparison = new Comparison(world, stage);
        draw = new Draw(random, world);
    }

    /** The operations before this one, the last of them last. */
    List<String> latest() {
        return List.copyOf(latest);
    }

    void step() throws SQLException {
        boolean held = stage.processes.areHeld();
        apply(draw.next(held), held);
        if (stage.processes.areHeld()) {
            compare();
        } else if (!world.awaitingEvents().isEmpty() || ++underWay > UNDER_WAY_MAX || random.nextInt(5) < 3) {
            settle();
            compare();
        }
    }

    private void apply(Operation operation, boolean held) {
        world.pass(STEP);
        stage.clock().advance(STEP);
        int process = random.nextInt(Processes.COUNT);
        stage.goThrough(process);
        remember(process + " " + operation);
        if (!held && operation.isRacing(world)) {
            settle();
        }
        ExpectedAnswer expected = operation.inModel(world);
        assertThat(operation.onService(stage)).as(operation.toString()).isEqualTo(expected);
    }

    private void remember(String operation) {
        if (latest.size() == REMEMBERED_MAX) {
            latest.removeFirst();
        }
        latest.addLast(operation);
    }

    private void settle() {
        if (world.isSettled()) {
            return;
        }
        if (random.nextInt(10) == 0) {
            remember("settles by itself");
            stage.processes.awaitSettled();
        } else {
            remember("settles");
            stage.settle(world);
        }
        world.settle();
        underWay = 0;
    }

    private void compare() throws SQLException {
        comparison.compare(world.cashback.touched());
        world.cashback.touched().clear();
    }

    /** Lets everything end and compares everything. */
    void end() throws SQLException {
        while (stage.processes.areHeld()) {
            apply(world.racing().<Operation>map(Tell::new).orElseGet(Release::new), true);
        }
        settle();
        apply(new Pass(Duration.ofMinutes(1)), false);
        apply(new ReleaseHeld(), false);
        comparison.compareAll();
    }

    @Override
    public void close() throws SQLException {
        comparison.close();
        stage.close();
    }
}
