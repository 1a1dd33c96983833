package com.clicknback.partners;

import com.clicknback.audit.Actor;
import com.clicknback.partners.deliveries.DeliveryOutcome;
import com.clicknback.partners.deliveries.PartnerDelivery;
import com.clicknback.partners.deliveries.SignatureFault;
import com.clicknback.partners.signing.SignatureTest;
import com.clicknback.partners.signing.SignedMessage;
import com.clicknback.partners.signing.TestedSecret;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that the partners domain answers. */
public final class Partners {
    private Partners() {}

    /** Creates an active partner with one secret. */
    public record Create(String name, ConfirmedBy confirmedBy, Actor actor) implements Request<NewPartner> {}

    /** Lists a page of all partners, newest first. */
    public record List(PageRequest page) implements Request<Page<Partner>> {}

    /** Finds some of the partners whose name begins with this text, ignoring case, in the order of their names. */
    public record FindByName(String prefix) implements Request<Matches> {}

    /** The answer to {@link FindByName}. */
    public record Matches(java.util.List<Partner> partners) {}

    /** Finds a partner with its secrets, without their values, and what waits for it. Fails with NOT_FOUND. */
    public record Find(UUID id) implements Request<PartnerProfile> {}

    /**
     * Lists a page of what a partner has sent lately, newest first. Fails with NOT_FOUND.
     *
     * @param outcome null for all
     */
    public record ListDeliveries(UUID partnerId, @Nullable DeliveryOutcome outcome, PageRequest page)
            implements Request<Page<PartnerDelivery>> {}

    /** Activates or deactivates a partner; the present status again changes nothing. Fails with NOT_FOUND. */
    public record SetStatus(UUID id, boolean active, Actor actor) implements Request<Partner> {}

    /** Sets who decides about a partner's purchases; the present choice again changes nothing. Fails with NOT_FOUND. */
    public record SetConfirmation(UUID id, ConfirmedBy confirmedBy, Actor actor) implements Request<Partner> {}

    /**
     * Adds a secret beside the present ones. Fails with VALIDATION_ERROR, NOT_FOUND, PARTNER_SECRET_LIMIT_REACHED.
     *
     * @param expiresAt null for never
     */
    public record AddSecret(UUID partnerId, @Nullable Instant expiresAt, Actor actor)
            implements Request<NewPartnerSecret> {}

    /**
     * Sets when a secret ends; the present time again changes nothing. Fails with VALIDATION_ERROR, and with NOT_FOUND of
     * the partner, then of the secret.
     *
     * @param secretId as the client sent it, like that of {@link DeleteSecret}
     * @param expiresAt null for never
     */
    public record SetSecretExpiry(
            UUID partnerId, String secretId, @Nullable Instant expiresAt, Actor actor)
            implements Request<PartnerSecret> {}

    /** Lists a page of a partner's secrets, without their values, newest first. Fails with NOT_FOUND. */
    public record ListSecrets(UUID partnerId, PageRequest page) implements Request<Page<PartnerSecret>> {}

    /**
     * Deletes a secret, which may be the partner's last. Fails with NOT_FOUND of the partner, then of the secret.
     *
     * @param secretId as the client sent it: no text is malformed, it only may name no secret
     */
    public record DeleteSecret(UUID partnerId, String secretId, Actor actor) implements Request<Done> {}

    /** Tests what is wrong with a signature of a partner. Fails with NOT_FOUND. */
    public record TestSignature(UUID partnerId, SignedMessage message, Actor actor) implements Request<SignatureTest> {}

    /** Finds the secrets that a partner may sign with at this moment. Fails with OVERLOADED. */
    record FindKeys(UUID partnerId) implements Request<Keys> {}

    /**
     * The answer to {@link FindKeys}.
     *
     * @param known whether there is such a partner
     * @param secrets those that have not expired; empty unless the partner is active
     * @param unreadable whether the partner has a secret that no configured key unwraps
     */
    record Keys(boolean known, boolean active, java.util.List<TestedSecret> secrets, boolean unreadable) {
        /** The keys of a partner that does not exist. */
        static final Keys OF_NOBODY = new Keys(false, false, java.util.List.of(), false);

        /** The fault that no signature of this partner can mend; null when there is none. */
        @Nullable
        SignatureFault fault() {
            if (!known) {
                return SignatureFault.PARTNER_UNKNOWN;
            }
            if (!active) {
                return SignatureFault.PARTNER_INACTIVE;
            }
            return secrets.isEmpty() && !unreadable ? SignatureFault.PARTNER_WITHOUT_SECRET : null;
        }
    }
}
