package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.ConsoleAppender;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class StartLoggingTest {
    @Test
    void isFoundByTheLibrary() {
        assertThat(ServiceLoader.load(Configurator.class)).hasAtLeastOneElementOfType(StartLogging.class);
    }

    @Test
    void leavesTheLogOfTestsToTheirFile() {
        assertThat(new StartLogging().configure(new LoggerContext()))
                .isEqualTo(Configurator.ExecutionStatus.INVOKE_NEXT_IF_ANY);
    }

    @Test
    void writesProblemsToTheStandardError() {
        LoggerContext loggers = new LoggerContext();

        StartLogging.writeProblems(loggers);

        Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
        assertThat(root.getLevel()).isEqualTo(Level.WARN);
        assertThat(root.iteratorForAppenders()).toIterable().singleElement().satisfies(appender -> {
            assertThat(appender.isStarted()).isTrue();
            assertThat(((ConsoleAppender<?>) appender).getTarget()).isEqualTo("System.err");
        });
    }
}
