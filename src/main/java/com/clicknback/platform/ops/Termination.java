package com.clicknback.platform.ops;

import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signal that asks a process to end, once the process is ending already: the JVM itself then ignores it. */
public final class Termination {
    private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

    private Termination() {}

    /** Runs an action unless a signal or an exit is ending the process: what fails from then on is no failure. */
    public static void unlessUnderWay(Runnable action) {
        try {
            // Only a process that ends refuses this.
            Runtime.getRuntime().removeShutdownHook(new Thread(action));
        } catch (IllegalStateException underWay) {
            LOG.debug("ending", underWay);
            return;
        }
        action.run();
    }

    /** Waits for another SIGTERM, at most for a time. */
    public static void awaitAnother(int seconds) {
        CountDownLatch asked = new CountDownLatch(1);
        try {
            onSigterm(asked::countDown);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("this JVM passes no signals on", e);
        }
        try {
            boolean early = asked.await(seconds, TimeUnit.SECONDS);
            LOG.debug("waited in full: {}", !early);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** By reflection: the compiler warns of this class, which every JDK has and which has no successor. */
    private static void onSigterm(Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object listener = Proxy.newProxyInstance(
                Termination.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                    action.run();
                    return null;
                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance("TERM"), listener);
    }
}
