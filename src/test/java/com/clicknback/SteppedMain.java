package com.clicknback;

import com.clicknback.testing.TestClock;
import java.time.Duration;
import java.util.Scanner;

/** The process on a host whose clock is set: each line of its input is a number of seconds by which to step. */
public final class SteppedMain {
    private SteppedMain() {}

    public static void main(String[] arguments) {
        TestClock clock = new TestClock();
        Thread steps = new Thread(() -> follow(clock), "clock-steps");
        steps.setDaemon(true);
        steps.start();
        Main.run(arguments, clock);
    }

    private static void follow(TestClock clock) {
        try (Scanner seconds = new Scanner(System.in)) {
            while (seconds.hasNextLong()) {
                clock.step(Duration.ofSeconds(seconds.nextLong()));
            }
        }
    }
}
