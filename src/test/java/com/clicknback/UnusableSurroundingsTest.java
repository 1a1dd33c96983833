package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.ServiceProcess.Ended;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands whose machine does not give them what they need: an address, a reader. */
class UnusableSurroundingsTest {
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;

    private final Address database = TestServer.shared().createMigratedDatabase();
    private final Map<String, String> environment = new HashMap<>(TestConfig.environment(database));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "CLICKNBACK_HTTP_HOST, 192.0.2.1",
        "CLICKNBACK_MANAGEMENT_HOST, 192.0.2.1",
        "CLICKNBACK_MANAGEMENT_HOST, no.such.host.invalid"
    })
    void anAddressOfAnotherMachineIsNoFaultOfThePort(String variable, String host) {
        environment.put(variable, host);

        Ended ended = ServiceProcess.run(folder, environment, "serve");

        assertThat(ended.output())
                .contains("clicknback: cannot listen on " + host, "(" + variable + ") to an address of this machine");
        assertThat(ended.status()).isEqualTo(MISCONFIGURED);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anAccountWhosePasswordNobodyWouldSeeIsNotOpened() throws Exception {
        assertThat(createAdminWithoutOutput()).isEqualTo(MISCONFIGURED);
        assertThat(accounts()).isZero();

        environment.put("CLICKNBACK_ADMIN_PASSWORD", "Str0ng!Pass");
        assertThat(createAdminWithoutOutput()).isEqualTo(FAILED);
        assertThat(accounts()).isOne();
    }

    private long accounts() {
        return new Sql(database).count("SELECT count(*) FROM users WHERE email = 'ops@shop.example'");
    }

    private int createAdminWithoutOutput() throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "create-admin",
                        "ops@shop.example")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(new File("/dev/full"));
        command.environment().putAll(environment);
        Process process = command.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
