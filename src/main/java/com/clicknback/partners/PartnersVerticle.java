package com.clicknback.partners;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.partners.deliveries.DeliveryWriter;
import com.clicknback.partners.deliveries.PartnerDelivery;
import com.clicknback.partners.signing.SignatureTest;
import com.clicknback.platform.batch.Batcher;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.json.Wire;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Answers the messages about partners and their secrets. */
public final class PartnersVerticle extends VerticleBase {
    private static final int KEY_LOOKUPS_PER_QUERY_MAX = 1_000;

    /** Lookups that may wait; each belongs to a request that the edge has admitted. */
    private static final int KEY_LOOKUPS_WAITING_MAX = 10_000;

    private final Bus bus;
    private final Database database;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final SecretCipher cipher;
    private final DeliveryWriter deliveries;
    private final int secretsMax;
    private final SignatureTests signatureTests;
    private final PartnerSecrets secrets;
    private final ExpiringSecrets expiring;

    /**
     * The limits that are configured.
     *
     * @param secretsMax the most secrets that one partner may have at a time
     * @param signatureToleranceSeconds the longest time between a message and now, in either direction
     */
    public record Limits(int secretsMax, int signatureToleranceSeconds) {}

    /**
     * @param limits what partners may have and do
     */
    public PartnersVerticle(
            Bus bus,
            Database database,
            AuditTrail audit,
            TimeOrderedIds ids,
            Clock clock,
            Keyring keys,
            DeliveryWriter deliveries,
            Metrics metrics,
            Limits limits) {
        this.bus = bus;
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.cipher = new SecretCipher(keys);
        this.deliveries = deliveries;
        this.secretsMax = limits.secretsMax();
        this.secrets = new PartnerSecrets(database, audit, ids, clock, cipher, secretsMax);
        this.expiring = new ExpiringSecrets(database, clock, metrics);
        this.signatureTests = new SignatureTests(database, cipher, clock, limits.signatureToleranceSeconds());
    }

    @Override
    public Future<?> start() {
        Batcher<UUID, Partners.Keys> keys = new Batcher<>(
                vertx,
                new KeyLookup(database, cipher, clock)::find,
                KEY_LOOKUPS_PER_QUERY_MAX,
                KEY_LOOKUPS_WAITING_MAX);
        bus.answer(Partners.Create.class, this::create);
        bus.<Page<Partner>, Partners.List>answer(
                Partners.List.class, message -> PartnerStore.list(database, message.page()));
        bus.answer(
                Partners.FindByName.class,
                message -> PartnerStore.findByName(database, message.prefix()).map(Partners.Matches::new));
        bus.answer(Partners.Find.class, this::find);
        bus.<Page<PartnerDelivery>, Partners.ListDeliveries>answer(Partners.ListDeliveries.class, this::listDeliveries);
        bus.answer(Partners.SetStatus.class, this::setStatus);
        bus.answer(Partners.SetConfirmation.class, this::setConfirmation);
        bus.answer(Partners.AddSecret.class, secrets::add);
        bus.answer(Partners.SetSecretExpiry.class, secrets::setExpiry);
        bus.<Page<PartnerSecret>, Partners.ListSecrets>answer(Partners.ListSecrets.class, this::listSecrets);
        bus.answer(Partners.DeleteSecret.class, secrets::delete);
        bus.answer(Partners.TestSignature.class, this::testSignature);
        bus.answer(Partners.FindKeys.class, message -> keys.submit(message.partnerId()));
        deliveries.start(vertx, uses -> SecretStore.noteUses(database, uses));
        expiring.start(vertx);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return deliveries.write();
    }

    private Future<NewPartner> create(Partners.Create message) {
        Partner partner = new Partner(ids.next(), message.name(), true, message.confirmedBy(), now());
        NewPartnerSecret first = secrets.generate(partner.createdAt(), null);
        return database.inTransaction(tx -> PartnerStore.insert(tx, partner)
                        .compose(inserted -> secrets.insert(tx, partner.id(), first))
                        .compose(inserted -> recordNamed(tx, message.actor(), AuditAction.PARTNER_CREATED, partner)))
                .map(new NewPartner(
                        partner.id(),
                        partner.name(),
                        true,
                        partner.confirmedBy(),
                        partner.createdAt(),
                        first.secret()));
    }

    private Future<Partner> setStatus(Partners.SetStatus message) {
        return database.inTransaction(tx -> locked(tx, message.id())
                .compose(before -> before.active() == message.active()
                        ? Future.succeededFuture(before)
                        : changeStatus(tx, before, message)));
    }

    private Future<Partner> changeStatus(SqlConnection tx, Partner before, Partners.SetStatus message) {
        Partner after = before.withActive(message.active());
        AuditAction action = after.active() ? AuditAction.PARTNER_ACTIVATED : AuditAction.PARTNER_DEACTIVATED;
        return PartnerStore.setActive(tx, after.id(), after.active())
                .compose(changed -> recordNamed(tx, message.actor(), action, after))
                .map(after);
    }

    private Future<Partner> setConfirmation(Partners.SetConfirmation message) {
        return database.inTransaction(tx -> locked(tx, message.id())
                .compose(before -> before.confirmedBy() == message.confirmedBy()
                        ? Future.succeededFuture(before)
                        : changeConfirmation(tx, before, message)));
    }

    private Future<Partner> changeConfirmation(SqlConnection tx, Partner before, Partners.SetConfirmation message) {
        Partner after = before.withConfirmedBy(message.confirmedBy());
        Map<String, String> details = Map.of("confirmed_by", Wire.name(after.confirmedBy()));
        return PartnerStore.setConfirmedBy(tx, after.id(), after.confirmedBy())
                .compose(changed ->
                        record(tx, message.actor(), AuditAction.PARTNER_CONFIRMATION_SET, after.id(), details))
                .map(after);
    }

    private Future<PartnerProfile> find(Partners.Find message) {
        UUID id = message.id();
        return deliveries.write().compose(written -> found(id)).compose(partner -> {
            Future<List<PartnerSecret>> secrets = SecretStore.listAll(database, id, secretsMax);
            Future<PartnerStore.Surroundings> around = PartnerStore.findSurroundings(database, id);
            return Future.all(secrets, around)
                    .map(read -> PartnerProfile.of(
                            partner,
                            secrets.result(),
                            around.result().waiting(),
                            around.result().lastDeliveryAt()));
        });
    }

    private Future<Page<PartnerDelivery>> listDeliveries(Partners.ListDeliveries message) {
        return found(message.partnerId())
                .compose(partner -> deliveries.list(partner.id(), message.outcome(), message.page()));
    }

    private Future<Partner> found(UUID id) {
        return PartnerStore.find(database, id).map(found -> found.orElseThrow(() -> notFound(id)));
    }

    private Future<SignatureTest> testSignature(Partners.TestSignature message) {
        return found(message.partnerId())
                .compose(partner -> signatureTests.run(vertx, partner, message.message(), message.actor()));
    }

    private Future<Page<PartnerSecret>> listSecrets(Partners.ListSecrets message) {
        return found(message.partnerId()).compose(partner -> SecretStore.list(database, partner.id(), message.page()));
    }

    private static Future<Partner> locked(SqlConnection tx, UUID id) {
        return PartnerStore.lock(tx, id).map(found -> found.orElseThrow(() -> notFound(id)));
    }

    static DomainException notFound(UUID id) {
        return DomainException.notFound("partner", id);
    }

    private Future<Void> recordNamed(SqlConnection tx, Actor actor, AuditAction action, Partner partner) {
        return record(tx, actor, action, partner.id(), Map.of("name", partner.name()));
    }

    private Future<Void> record(
            SqlConnection tx, Actor actor, AuditAction action, UUID partnerId, Map<String, String> details) {
        return audit.record(tx, new AuditEntry(actor, action, "partner", partnerId.toString(), details));
    }

    private Instant now() {
        return clock.instant();
    }
}
