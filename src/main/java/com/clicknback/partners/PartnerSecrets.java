package com.clicknback.partners;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.partners.signing.WebhookSecret;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.json.CanonicalUuid;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The changes of the secrets of partners, each under the lock of its partner and on record in the audit log. */
final class PartnerSecrets {
    /** Ten years. A time beyond those that can be written on the wire is no way to say never. */
    private static final Duration EXPIRY_MAX = Duration.ofDays(3_653);

    private final Database database;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final SecretCipher cipher;
    private final int countMax;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param countMax the most secrets that one partner may have at a time
     */
    PartnerSecrets(
            Database database, AuditTrail audit, TimeOrderedIds ids, Clock clock, SecretCipher cipher, int countMax) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.cipher = cipher;
        this.countMax = countMax;
    }

    NewPartnerSecret generate(Instant createdAt, @Nullable Instant expiresAt) {
        return new NewPartnerSecret(ids.next(), createdAt, expiresAt, WebhookSecret.random(random));
    }

    Future<Void> insert(SqlConnection tx, UUID partnerId, NewPartnerSecret added) {
        Sealed wrapped = cipher.wrap(partnerId, added.id(), added.secret());
        SecretStore.Wrapped stored = new SecretStore.Wrapped(added.id(), partnerId, wrapped);
        return SecretStore.insert(tx, stored, added.createdAt(), added.expiresAt());
    }

    Future<NewPartnerSecret> add(Partners.AddSecret message) {
        requireAhead(message.expiresAt());
        UUID partnerId = message.partnerId();
        NewPartnerSecret added = generate(clock.instant(), message.expiresAt());
        Map<String, @Nullable String> details = details(added.id());
        if (added.expiresAt() != null) {
            details.put("expires_at", added.expiresAt().toString());
        }
        return database.inTransaction(tx -> locked(tx, partnerId)
                        .compose(partner -> SecretStore.count(tx, partnerId))
                        .compose(count -> count < countMax
                                ? insert(tx, partnerId, added)
                                : Future.failedFuture(limitReached(partnerId)))
                        .compose(inserted ->
                                record(tx, message.actor(), AuditAction.PARTNER_SECRET_ADDED, partnerId, details)))
                .map(added);
    }

    private DomainException limitReached(UUID partnerId) {
        return new DomainException(
                ErrorCode.PARTNER_SECRET_LIMIT_REACHED,
                "The partner has as many secrets as it may have. Delete one first.",
                DomainException.details("partner_id", partnerId.toString(), "limit", countMax));
    }

    Future<PartnerSecret> setExpiry(Partners.SetSecretExpiry message) {
        requireAhead(message.expiresAt());
        return database.inTransaction(tx -> locked(tx, message.partnerId())
                .compose(partner -> found(tx, message.partnerId(), message.secretId()))
                .compose(before -> Objects.equals(before.expiresAt(), message.expiresAt())
                        ? Future.succeededFuture(before)
                        : changeExpiry(tx, before, message)));
    }

    private Future<PartnerSecret> changeExpiry(
            SqlConnection tx, PartnerSecret before, Partners.SetSecretExpiry message) {
        Map<String, @Nullable String> details = details(before.id());
        details.put("prior_expires_at", text(before.expiresAt()));
        details.put("expires_at", text(message.expiresAt()));
        return SecretStore.setExpiry(tx, message.partnerId(), before.id(), message.expiresAt())
                .compose(changed -> record(
                        tx, message.actor(), AuditAction.PARTNER_SECRET_EXPIRY_SET, message.partnerId(), details))
                .map(new PartnerSecret(before.id(), before.createdAt(), message.expiresAt(), before.lastUsedAt()));
    }

    Future<Done> delete(Partners.DeleteSecret message) {
        return database.inTransaction(tx -> locked(tx, message.partnerId())
                .compose(partner -> found(tx, message.partnerId(), message.secretId()))
                .compose(secret -> SecretStore.delete(tx, message.partnerId(), secret.id())
                        .compose(deleted -> record(
                                tx,
                                message.actor(),
                                AuditAction.PARTNER_SECRET_REVOKED,
                                message.partnerId(),
                                details(secret.id()))))
                .map(Done.DONE));
    }

    private static Future<Partner> locked(SqlConnection tx, UUID id) {
        return PartnerStore.lock(tx, id).map(found -> found.orElseThrow(() -> PartnersVerticle.notFound(id)));
    }

    private static Future<PartnerSecret> found(SqlConnection tx, UUID partnerId, String secretId) {
        UUID id = CanonicalUuid.of(secretId);
        Future<Optional<PartnerSecret>> found =
                id == null ? Future.succeededFuture(Optional.empty()) : SecretStore.find(tx, partnerId, id);
        return found.map(secret -> secret.orElseThrow(() -> DomainException.notFound("partner_secret", secretId)));
    }

    private void requireAhead(@Nullable Instant expiresAt) {
        Instant now = clock.instant();
        if (expiresAt != null && (!expiresAt.isAfter(now) || expiresAt.isAfter(now.plus(EXPIRY_MAX)))) {
            throw DomainException.validation("expires_at", "must be in the next ten years");
        }
    }

    private static Map<String, @Nullable String> details(UUID secretId) {
        Map<String, @Nullable String> details = new LinkedHashMap<>();
        details.put("secret_id", secretId.toString());
        return details;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private Future<Void> record(
            SqlConnection tx, Actor actor, AuditAction action, UUID partnerId, Map<String, @Nullable String> details) {
        return audit.record(tx, new AuditEntry(actor, action, "partner", partnerId.toString(), details));
    }
}
