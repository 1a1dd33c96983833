package com.clicknback.partners;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.partners.signing.SignatureTest;
import com.clicknback.partners.signing.WebhookSecret;
import com.clicknback.platform.batch.Batcher;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.json.CanonicalUuid;
import com.clicknback.platform.json.Wire;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
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
    private final SecureRandom random = new SecureRandom();

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
            Limits limits) {
        this.bus = bus;
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.cipher = new SecretCipher(keys);
        this.deliveries = deliveries;
        this.secretsMax = limits.secretsMax();
        this.signatureTests = new SignatureTests(database, cipher, clock, limits.signatureToleranceSeconds());
    }

    @Override
    public Future<?> start() {
        Batcher<UUID, Partners.Keys> keys = new Batcher<>(
                vertx, new KeyLookup(database, cipher)::find, KEY_LOOKUPS_PER_QUERY_MAX, KEY_LOOKUPS_WAITING_MAX);
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
        bus.answer(Partners.AddSecret.class, this::addSecret);
        bus.<Page<PartnerSecret>, Partners.ListSecrets>answer(Partners.ListSecrets.class, this::listSecrets);
        bus.answer(Partners.DeleteSecret.class, this::deleteSecret);
        bus.answer(Partners.TestSignature.class, this::testSignature);
        bus.answer(Partners.FindKeys.class, message -> keys.submit(message.partnerId()));
        deliveries.start(vertx);
        return Future.succeededFuture();
    }

    @Override
    public Future<?> stop() {
        return deliveries.write();
    }

    private Future<NewPartner> create(Partners.Create message) {
        Partner partner = new Partner(ids.next(), message.name(), true, message.confirmedBy(), now());
        NewPartnerSecret first = newSecret(partner.createdAt());
        return database.inTransaction(tx -> PartnerStore.insert(tx, partner)
                        .compose(inserted -> insertSecret(tx, partner.id(), first))
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

    private Future<NewPartnerSecret> addSecret(Partners.AddSecret message) {
        UUID partnerId = message.partnerId();
        NewPartnerSecret added = newSecret(now());
        return database.inTransaction(tx -> locked(tx, partnerId)
                        .compose(partner -> SecretStore.count(tx, partnerId))
                        .compose(count -> count < secretsMax
                                ? insertSecret(tx, partnerId, added)
                                : Future.failedFuture(limitReached(partnerId)))
                        .compose(inserted -> recordSecret(
                                tx, message.actor(), AuditAction.PARTNER_SECRET_ADDED, partnerId, added.id())))
                .map(added);
    }

    private DomainException limitReached(UUID partnerId) {
        return new DomainException(
                ErrorCode.PARTNER_SECRET_LIMIT_REACHED,
                "The partner has as many secrets as it may have. Delete one first.",
                DomainException.details("partner_id", partnerId.toString(), "limit", secretsMax));
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

    /** Shows what has just arrived, too: it is written first. */
    private Future<Page<PartnerDelivery>> listDeliveries(Partners.ListDeliveries message) {
        return deliveries
                .write()
                .compose(written -> found(message.partnerId()))
                .compose(partner -> DeliveryStore.list(database, partner.id(), message.outcome(), message.page()));
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

    private Future<Done> deleteSecret(Partners.DeleteSecret message) {
        return database.inTransaction(tx -> locked(tx, message.partnerId())
                .compose(partner -> deleteSecret(tx, message))
                .compose(deleted -> recordSecret(
                        tx, message.actor(), AuditAction.PARTNER_SECRET_REVOKED, message.partnerId(), deleted))
                .map(Done.DONE));
    }

    private static Future<UUID> deleteSecret(SqlConnection tx, Partners.DeleteSecret message) {
        UUID secretId = CanonicalUuid.of(message.secretId());
        Future<Boolean> deleted = secretId == null
                ? Future.succeededFuture(false)
                : SecretStore.delete(tx, message.partnerId(), secretId);
        return deleted.compose(done -> done
                ? Future.succeededFuture(secretId)
                : Future.failedFuture(DomainException.notFound("partner_secret", message.secretId())));
    }

    private static Future<Partner> locked(SqlConnection tx, UUID id) {
        return PartnerStore.lock(tx, id).map(found -> found.orElseThrow(() -> notFound(id)));
    }

    private static DomainException notFound(UUID id) {
        return DomainException.notFound("partner", id);
    }

    private Future<Void> recordNamed(SqlConnection tx, Actor actor, AuditAction action, Partner partner) {
        return record(tx, actor, action, partner.id(), Map.of("name", partner.name()));
    }

    private Future<Void> recordSecret(
            SqlConnection tx, Actor actor, AuditAction action, UUID partnerId, UUID secretId) {
        return record(tx, actor, action, partnerId, Map.of("secret_id", secretId.toString()));
    }

    private Future<Void> record(
            SqlConnection tx, Actor actor, AuditAction action, UUID partnerId, Map<String, String> details) {
        return audit.record(tx, new AuditEntry(actor, action, "partner", partnerId.toString(), details));
    }

    private Future<Void> insertSecret(SqlConnection tx, UUID partnerId, NewPartnerSecret added) {
        Sealed wrapped = cipher.wrap(partnerId, added.id(), added.secret());
        return SecretStore.insert(tx, new SecretStore.Wrapped(added.id(), partnerId, wrapped), added.createdAt());
    }

    private NewPartnerSecret newSecret(Instant createdAt) {
        return new NewPartnerSecret(ids.next(), createdAt, WebhookSecret.random(random));
    }

    private Instant now() {
        return clock.instant();
    }
}
