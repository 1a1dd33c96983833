package com.clicknback.platform.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/**
 * A step among the schema files that needs more than SQL can do, such as the keys of this service. It runs once, in a
 * transaction of its own. Like those files it is never edited after it was released.
 */
public abstract class MigrationStep implements JavaMigration {
    private final String version;
    private final String description;

    /**
     * @param version its place among the schema files
     */
    protected MigrationStep(String version, String description) {
        this.version = version;
        this.description = description;
    }

    /** Blocks, on a thread for that. */
    protected abstract void run(Connection connection) throws SQLException;

    @Override
    public final void migrate(Context context) throws SQLException {
        run(context.getConnection());
    }

    @Override
    public final MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(version);
    }

    @Override
    public final String getDescription() {
        return description;
    }

    @Override
    public final @Nullable Integer getChecksum() {
        return null;
    }

    @Override
    public final boolean canExecuteInTransaction() {
        return true;
    }
}
