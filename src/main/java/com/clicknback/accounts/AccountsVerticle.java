package com.clicknback.accounts;

import com.clicknback.audit.AuditTrail;
import com.clicknback.ledger.Ledger;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.users.ErasedUsers;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;

/** Answers the messages about accounts as a whole. */
public final class AccountsVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;
    private final Ledger ledger;
    private final AuditTrail audit;
    private final Clock clock;

    public AccountsVerticle(Bus bus, Database database, Ledger ledger, AuditTrail audit, Clock clock) {
        this.bus = bus;
        this.database = database;
        this.ledger = ledger;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        AccountErasures erasures = new AccountErasures(bus, database, ledger, audit, new ErasedUsers(vertx), clock);
        bus.answer(Accounts.FindErasure.class, erasures::find);
        bus.answer(Accounts.Erase.class, erasures::erase);
        bus.answer(Accounts.Collect.class, new AccountExports(bus, clock)::collect);
        return Future.succeededFuture();
    }
}
