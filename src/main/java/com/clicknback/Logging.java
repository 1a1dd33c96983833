package com.clicknback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import com.clicknback.config.Settings;
import com.clicknback.platform.ops.DroppingAppender;
import com.clicknback.platform.ops.LogOutput;
import java.io.BufferedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Configures the log of the process: readable lines or JSON, on standard output. */
final class Logging {
    private static final String PRODUCT = "com.clicknback";
    private static final String REQUESTS = PRODUCT + ".requests";
    private static final String ROUTINE = REQUESTS + ".routine";
    private static final String TEXT = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{24} - %msg%n";

    /** Half a second of the fastest webhooks; some 4 MB. */
    private static final int REQUESTS_MAX = 8_192;

    /** Apart from the lines of requests, which come by the thousand and would leave no room. */
    private static final int LINES_MAX = 1_024;

    /** Lines of requests gather for so long. */
    private static final int REQUESTS_PAUSE_MS = 50;

    /** A pipe takes so much as a whole: standard error, which may share it, never cuts a line. */
    private static final int BLOCK_BYTES = 4_096;

    private Logging() {}

    /** Replaces the configuration of the log. Libraries log problems only; those of Flyway are told in other words. */
    static void apply(Settings.Log settings) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        OutputStreamAppender<ILoggingEvent> console = new OutputStreamAppender<>();
        console.setContext(context);
        console.setOutputStream(new BufferedOutputStream(LogOutput.standard(), BLOCK_BYTES));
        console.setImmediateFlush(false);
        console.setEncoder(settings.format() == Settings.Log.Format.JSON ? jsonLines(context) : textLines(context));
        console.start();
        ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(aside("lines", context, console, LINES_MAX, 0).boundingRepetitions());
        // It warns of meters that Vert.x registers twice.
        context.getLogger("io.micrometer").setLevel(Level.ERROR);
        context.getLogger("org.flywaydb").setLevel(Level.OFF);
        // It warns, with a stack trace, of connections that arrive at the moment in which a server closes.
        context.getLogger("io.netty.bootstrap.ServerBootstrap").setLevel(Level.ERROR);
        // It warns, with a stack trace, of each node that goes; others tell that in a line.
        context.getLogger("com.hazelcast.internal.server.tcp.TcpServerConnection")
                .setLevel(Level.ERROR);
        // It asks for access to parts of the JVM that it only measures with.
        context.getLogger("com.hazelcast.instance.impl.HazelcastInstanceFactory")
                .setLevel(Level.ERROR);
        context.getLogger(PRODUCT).setLevel(Level.toLevel(settings.level().name()));
        ch.qos.logback.classic.Logger requests = context.getLogger(REQUESTS);
        requests.setLevel(settings.requests() == Settings.Log.Requests.NONE ? Level.OFF : Level.INFO);
        context.getLogger(ROUTINE).setLevel(settings.requests() == Settings.Log.Requests.ALL ? Level.INFO : Level.OFF);
        requests.setAdditive(false);
        requests.addAppender(aside("requests", context, console, REQUESTS_MAX, REQUESTS_PAUSE_MS));
        // The JDBC driver, which runs the migrations, logs through the JDK.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** An event loop must not wait for the reader of the log. */
    private static DroppingAppender aside(
            String name,
            LoggerContext context,
            OutputStreamAppender<ILoggingEvent> console,
            int queueMax,
            int pauseMs) {
        DroppingAppender appender = new DroppingAppender(console, console.getOutputStream(), queueMax, pauseMs);
        appender.setName(name);
        appender.setContext(context);
        appender.start();
        return appender;
    }

    /** Writes what is still queued, within a second. The log is over then. */
    static void flush() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }

    private static Encoder<ILoggingEvent> jsonLines(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        // With its arguments in place, instead of beside a pattern.
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> textLines(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(TEXT);
        encoder.start();
        return encoder;
    }
}
