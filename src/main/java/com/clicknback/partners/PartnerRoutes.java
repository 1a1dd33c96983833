package com.clicknback.partners;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.partners.deliveries.DeliveryOutcome;
import com.clicknback.partners.signing.SignedMessage;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.json.ActiveStatus;
import com.clicknback.platform.json.CodePoints;
import com.clicknback.platform.json.Names;
import com.clicknback.platform.json.OrNull;
import com.clicknback.platform.json.Visible;
import io.vertx.core.Future;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The administration of partners over HTTP. */
public final class PartnerRoutes implements Routes {
    private static final String PARTNERS = "partners";
    private static final String DELIVERIES = "partner_deliveries";
    private static final String SECRETS = "partner_secrets";

    /** Bounds the time that a test takes: it hashes the body some hundred times. */
    private static final int TESTED_BODY_MAX = 65_536;

    private final Bus bus;

    public PartnerRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("createPartner", this::create)
                .on("listPartners", this::list)
                .on("getPartner", this::get)
                .on("listPartnerDeliveries", this::listDeliveries)
                .on("testPartnerSignature", this::testSignature)
                .on("setPartnerStatus", this::setStatus)
                .on("updatePartner", this::update)
                .on("addPartnerSecret", this::addSecret)
                .on("listPartnerSecrets", this::listSecrets)
                .on("updatePartnerSecret", this::updateSecret)
                .on("deletePartnerSecret", this::deleteSecret);
    }

    /** The body of createPartner. */
    record Creation(
            @NotNull @Visible @CodePoints(min = 1, max = 255) @Nullable
            String name,

            @Nullable ConfirmedBy confirmedBy) {
        Creation {
            name = Names.normalise(name);
        }
    }

    /** The body of updatePartner. */
    record Update(@NotNull ConfirmedBy confirmedBy) {}

    /** The body of addPartnerSecret and updatePartnerSecret; null means never. */
    record Expiry(@OrNull @Nullable Instant expiresAt) {}

    /** The body of testPartnerSignature. A header that was not sent is absent. */
    record SignatureTrial(
            @OrNull @CodePoints(max = 1_024) @Nullable String webhookId,
            @OrNull @CodePoints(max = 1_024) @Nullable String webhookTimestamp,
            @OrNull @CodePoints(max = 8_192) @Nullable String webhookSignature,

            @NotNull @CodePoints(max = TESTED_BODY_MAX) @Nullable
            String body) {}

    private Future<Answer> create(Call call) {
        Creation wanted = call.body(Creation.class);
        ConfirmedBy confirmedBy = wanted.confirmedBy() == null ? ConfirmedBy.VERIFICATION : wanted.confirmedBy();
        return bus.ask(new Partners.Create(requireNonNull(wanted.name()), confirmedBy, admin(call)))
                .map(Answer::created);
    }

    private Future<Answer> update(Call call) {
        ConfirmedBy confirmedBy = call.body(Update.class).confirmedBy();
        return bus.ask(new Partners.SetConfirmation(partnerId(call), confirmedBy, admin(call)))
                .map(Answer::ok);
    }

    private Future<Answer> list(Call call) {
        var listing = call.listing(PARTNERS, Listing.NoFilters.class);
        return bus.ask(new Partners.List(listing.page())).map(page -> Answer.page(PARTNERS, page, Function.identity()));
    }

    private Future<Answer> get(Call call) {
        return bus.ask(new Partners.Find(partnerId(call))).map(Answer::ok);
    }

    record DeliveryFilters(@Nullable DeliveryOutcome outcome) {}

    private Future<Answer> listDeliveries(Call call) {
        var listing = call.listing(DELIVERIES, DeliveryFilters.class);
        return bus.ask(new Partners.ListDeliveries(
                        partnerId(call), listing.filters().outcome(), listing.page()))
                .map(page -> Answer.page(DELIVERIES, page, Function.identity()));
    }

    private Future<Answer> testSignature(Call call) {
        SignatureTrial trial = call.body(SignatureTrial.class);
        SignedMessage message = new SignedMessage(
                trial.webhookId(), trial.webhookTimestamp(), trial.webhookSignature(), requireNonNull(trial.body()));
        return bus.ask(new Partners.TestSignature(partnerId(call), message, admin(call)))
                .map(Answer::ok);
    }

    private Future<Answer> setStatus(Call call) {
        boolean active = call.body(ActiveStatus.Change.class).active();
        return bus.ask(new Partners.SetStatus(partnerId(call), active, admin(call)))
                .map(Answer::ok);
    }

    private Future<Answer> addSecret(Call call) {
        Instant expiresAt = call.body(Expiry.class).expiresAt();
        return bus.ask(new Partners.AddSecret(partnerId(call), expiresAt, admin(call)))
                .map(Answer::created);
    }

    private Future<Answer> updateSecret(Call call) {
        Instant expiresAt = call.body(Expiry.class).expiresAt();
        if (expiresAt == null && !call.isNull("expires_at")) {
            throw DomainException.validation("expires_at", "is required");
        }
        return bus.ask(new Partners.SetSecretExpiry(
                        partnerId(call), call.pathParameter("secret_id"), expiresAt, admin(call)))
                .map(Answer::ok);
    }

    private Future<Answer> listSecrets(Call call) {
        var listing = call.listing(SECRETS, Listing.NoFilters.class);
        return bus.ask(new Partners.ListSecrets(partnerId(call), listing.page()))
                .map(page -> Answer.page(SECRETS, page, Function.identity()));
    }

    private Future<Answer> deleteSecret(Call call) {
        String secretId = call.pathParameter("secret_id");
        return bus.ask(new Partners.DeleteSecret(partnerId(call), secretId, admin(call)))
                .map(done -> Answer.noContent());
    }

    private static UUID partnerId(Call call) {
        return call.id("id", "partner");
    }

    private static Actor admin(Call call) {
        return Actor.admin(call.user().id(), call.requestId());
    }
}
