package com.clicknback.ingestion;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.testing.Cable;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A purchase that the database cannot store in time, on the only connection of a process. */
class IngestionGivenUpTest {
    private final Workbench bench = Workbench.open();
    private final Cable cable = Cable.to(new Address(
            bench.settings.uri(),
            bench.settings.user().name(),
            bench.settings.user().password()));
    private final Database database = Database.open(
            bench.vertx,
            new DatabaseSettings(
                    cable.address().uri(),
                    cable.address().user(),
                    cable.address().password(),
                    1,
                    100,
                    1_000));
    private final BatchIngestion ingestion =
            new BatchIngestion(bench.vertx, database, bench.ids, bench.clock, Workbench.LATE, bench.orders(database));
    private UUID user;
    private UUID merchant;

    @BeforeEach
    void connect() {
        user = bench.user();
        merchant = bench.merchant();
        await(ingestion.ingest(List.of(purchase())));
    }

    private Submission purchase() {
        return bench.submission(null, user, merchant, 1_000);
    }

    @AfterEach
    void close() {
        await(database.close());
        cable.close();
        bench.close();
    }

    @Test
    void isNotStoredAfterItWasAnswered503() {
        Submission late = purchase();
        cable.hang();
        Future<List<Verdict>> givenUp = ingestion.ingest(List.of(late));
        assertThatThrownBy(() -> await(givenUp)).matches(DomainException::isUnavailable);

        cable.goOn();
        assertThat(await(ingestion.ingest(List.of(purchase())))).hasOnlyElementsOfType(Verdict.Accepted.class);

        assertThat(bench.sql.count(
                        "SELECT count(*) FROM purchases WHERE external_id = ?",
                        late.key().externalId()))
                .isZero();
    }
}
