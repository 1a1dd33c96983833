package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.testing.OwnPostgres;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.SmallDisk;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service under load whose database has no room left on its disk, until somebody makes some. */
@Tag("faults")
@Timeout(600)
class FullDiskTest {
    /** Room for an empty database, its log, and what the test stores. */
    private static final int DISK_MIB = 256;

    private static final int REFUSALS = Integer.getInteger("faults.fullDiskRefusals", 50);
    private static final String DISK_FULL = "53100";
    private static final String CRASH_SHUTDOWN = "57P02";
    private static final String CONNECTION_FAILURE = "08006";

    /** More than fits into what is already reserved. */
    private static final String STORE_MUCH =
            "CREATE TABLE much AS SELECT repeat('x', 1000) AS text FROM generate_series(1, 1000)";

    @Test
    void aFullDiskCostsTimeButNoPurchase() {
        Optional<SmallDisk> mounted = SmallDisk.mount(DISK_MIB);
        assumeTrue(mounted.isPresent(), "only root on Linux may mount the disk that this test fills");
        try (SmallDisk disk = mounted.get();
                OwnPostgres postgres = OwnPostgres.start(disk.folder("data"))) {
            fillUnderLoad(disk, postgres, Trial.on(postgres.address()));
        }
    }

    private static void fillUnderLoad(SmallDisk disk, OwnPostgres postgres, Trial trial) {
        try (ServiceProcess service = ServiceProcess.startStepped(
                        trial.database(), Map.of("CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "1"));
                Sender sender = trial.sender(service::api)) {
            sender.awaitMore(200);
            fillData(disk, trial, sender);
            fillLog(disk, postgres, service, trial, sender);
            Recovery.require(trial, sender);
        }
    }

    /** The server goes on, and refuses whatever needs room. */
    private static void fillData(SmallDisk disk, Trial trial, Sender sender) {
        disk.fill();
        try {
            assertThat(trial.sql().refusal(STORE_MUCH)).isEqualTo(DISK_FULL);
            sender.awaitUnavailable(REFUSALS);
        } finally {
            disk.free();
        }
        trial.requireKept(sender.acknowledged());
        sender.awaitMore(200);
    }

    /** A server that cannot write its log gives up, and its host starts it again. */
    private static void fillLog(
            SmallDisk disk, OwnPostgres postgres, ServiceProcess service, Trial trial, Sender sender) {
        disk.fill();
        Map<ReportedPurchase, UUID> acknowledged;
        try {
            writeLogUntilRefused(trial);
            postgres.awaitEnd();
            acknowledged = sender.acknowledged();
            Recovery.awaitReadiness(service, 503);
            sender.awaitUnavailable(REFUSALS);
        } finally {
            disk.free();
            postgres.startAgain();
        }
        Recovery.awaitReadiness(service, 200);
        service.awaitOutput("The database cannot store anything: ");
        trial.requireKept(acknowledged);
    }

    private static void writeLogUntilRefused(Trial trial) {
        try (Connection connection = trial.sql().connect();
                Statement next = connection.createStatement()) {
            while (true) {
                next.execute("SELECT pg_logical_emit_message(false, 'fault', repeat('x', 1000000), true)");
            }
        } catch (SQLException full) {
            assertThat(full.getSQLState()).isIn(DISK_FULL, CRASH_SHUTDOWN, CONNECTION_FAILURE);
        }
    }
}
