package com.clicknback.partners;

import com.clicknback.platform.db.Arguments;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.ListQuery;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.db.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of partners. */
final class PartnerStore {
    private static final String INSERT = """
            INSERT INTO partners (id, name, active, confirmed_by, created_at)
            VALUES ($1, $2, $3, $4, $5)
            """;

    private static final String FIND = """
            SELECT id, name, active, confirmed_by, created_at
            FROM partners
            WHERE id = $1
            """;

    /** Blocks other changes of the partner and its secrets, but not inserts of purchases that refer to its key. */
    private static final String LOCK = FIND + "FOR NO KEY UPDATE";

    /** Ordered bytewise, as the index is: it finds the names between the beginning and all that goes on from it. */
    static final String FIND_BY_NAME_PREFIX = """
            SELECT id, name, active, confirmed_by, created_at
            FROM partners
            WHERE lower(name COLLATE "und-x-icu") COLLATE "C" >= lower($1::text COLLATE "und-x-icu") COLLATE "C"
              AND lower(name COLLATE "und-x-icu") COLLATE "C"
                  < (lower($1::text COLLATE "und-x-icu") || chr(1114111)) COLLATE "C"
            ORDER BY lower(name COLLATE "und-x-icu") COLLATE "C"
            LIMIT $2
            """;

    private static final String SET_ACTIVE = """
            UPDATE partners
            SET active = $2
            WHERE id = $1
            """;

    private static final String SET_CONFIRMED_BY = """
            UPDATE partners
            SET confirmed_by = $2
            WHERE id = $1
            """;

    private static final String FIND_SURROUNDINGS = """
            SELECT (SELECT count(*) FROM (
                        SELECT FROM verifications WHERE partner_id = $1 AND due_at IS NULL LIMIT $2) v) AS withheld,
                   (SELECT count(*) FROM (
                        SELECT FROM partner_events WHERE partner_id = $1 AND outcome IS NULL LIMIT $2) e) AS parked,
                   (SELECT received_at FROM partner_deliveries
                    WHERE partner_id = $1 AND outcome <> 'refused'
                    ORDER BY received_at DESC LIMIT 1) AS last_delivery_at
            """;

    /** Counts end here: more of them tell no more. */
    private static final int COUNT_MAX = 1_000;

    private static final int SAME_PREFIX_MAX = 5;

    private PartnerStore() {}

    /** The counts and the time that stand around a partner. */
    record Surroundings(
            PartnerProfile.Waiting waiting, @Nullable Instant lastDeliveryAt) {}

    static Future<Surroundings> findSurroundings(Database database, UUID id) {
        return database.query(FIND_SURROUNDINGS, Tuple.of(id, COUNT_MAX), PartnerStore::readSurroundings)
                .map(rows -> Rows.first(rows).orElseThrow());
    }

    private static Surroundings readSurroundings(Row row) {
        return new Surroundings(
                new PartnerProfile.Waiting(
                        row.getLong("withheld").intValue(),
                        row.getLong("parked").intValue()),
                row.getValue("last_delivery_at") == null ? null : Rows.instant(row, "last_delivery_at"));
    }

    static Future<Void> insert(SqlConnection tx, Partner partner) {
        return tx.preparedQuery(INSERT)
                .execute(Arguments.of(
                        partner.id(), partner.name(), partner.active(), partner.confirmedBy(), partner.createdAt()))
                .mapEmpty();
    }

    static Future<Page<Partner>> list(Database database, PageRequest page) {
        return new ListQuery(
                        "p.id, p.name, p.active, p.confirmed_by, p.created_at", "partners p", "p.created_at", "p.id")
                .fetch(database, page, PartnerStore::readPartner);
    }

    static Future<Optional<Partner>> find(Database database, UUID id) {
        return database.query(FIND, Tuple.of(id), PartnerStore::readPartner).map(Rows::first);
    }

    /** Serializes the changes of one partner and its secrets until the transaction ends. */
    static Future<Optional<Partner>> lock(SqlConnection tx, UUID id) {
        return tx.preparedQuery(LOCK)
                .mapping(PartnerStore::readPartner)
                .execute(Tuple.of(id))
                .map(Rows::first);
    }

    static Future<Void> setActive(SqlConnection tx, UUID id, boolean active) {
        return tx.preparedQuery(SET_ACTIVE).execute(Tuple.of(id, active)).mapEmpty();
    }

    static Future<Void> setConfirmedBy(SqlConnection tx, UUID id, ConfirmedBy confirmedBy) {
        return tx.preparedQuery(SET_CONFIRMED_BY)
                .execute(Arguments.of(id, confirmedBy))
                .mapEmpty();
    }

    static Future<List<Partner>> findByName(Database database, String prefix) {
        return database.query(FIND_BY_NAME_PREFIX, Tuple.of(prefix, SAME_PREFIX_MAX), PartnerStore::readPartner)
                .map(Rows::list);
    }

    private static Partner readPartner(Row row) {
        return new Partner(
                row.getUUID("id"),
                row.getString("name"),
                row.getBoolean("active"),
                Rows.word(row, "confirmed_by", ConfirmedBy.class),
                Rows.instant(row, "created_at"));
    }
}
