package com.clicknback.accounts;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;
import java.util.UUID;

/** The messages that the domain of accounts answers. */
final class Accounts {
    private Accounts() {}

    /** Tells what an erasure would meet, or what it has left. Fails with NOT_FOUND. */
    record FindErasure(UUID id) implements Request<Erasure> {}

    /**
     * Erases the personal data of a user and keeps the books. Repeated, it erases the texts that
     * came in since, and nothing else. Fails with
     * NOT_FOUND, OWN_ACCOUNT, LAST_ADMIN, FORBIDDEN, ACCOUNT_NOT_SETTLED.
     *
     * @param evenIfOwed goes on though the user is owed cashback, or owes some; never while a payout is under way
     */
    record Erase(UUID id, boolean evenIfOwed, Actor actor) implements Request<Erasure> {}

    /** Collects a part of what is known about a user, from a place on. Fails with INVALID_TOKEN. */
    record Collect(UUID userId, ExportPlace from) implements Request<ExportPart> {}
}
