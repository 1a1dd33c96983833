package com.clicknback.testing;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One purchase of one partner and the partner's events about it; times are seconds of its story. */
public final class PartnerPurchase {
    public final Partner partner;
    public final UUID userId;
    public final JsonObject purchase;
    private final TestService service;
    private final Scenario given;
    private final Instant begin;

    PartnerPurchase(TestService service, Scenario given, Partner partner, UUID userId, UUID merchantId, String amount) {
        this.service = service;
        this.given = given;
        this.partner = partner;
        this.userId = userId;
        this.begin = service.clock().instant();
        this.purchase = given.purchase(userId, merchantId, amount);
    }

    public String externalId() {
        return purchase.getString("external_id");
    }

    /** An event of the partner, ready to be sent. */
    public record Event(String body) {}

    public Event creation() {
        return new Event(given.event(purchase).encode());
    }

    public Event confirmation(int second) {
        return event("purchase.confirmed", second, data());
    }

    public Event rejection(int second, String reason) {
        return event("purchase.rejected", second, data().put("reason", reason));
    }

    public Event refund(int second, String refundId, String amount) {
        return event(
                "purchase.refunded", second, data().put("refund_id", refundId).put("amount", amount));
    }

    /** A correction as of a second; null leaves the amount as it is. */
    public Event correction(int second, String correctionId, @Nullable String amount) {
        JsonObject data = data().put("correction_id", correctionId)
                .put("occurred_at", begin.plusSeconds(second).toString());
        return event("purchase.corrected", second, amount == null ? data : data.put("amount", amount));
    }

    private JsonObject data() {
        return JsonObject.of("external_id", externalId());
    }

    public Event event(String type, int second, JsonObject data) {
        return new Event(JsonObject.of(
                        "type", type, "timestamp", begin.plusSeconds(second).toString(), "data", data)
                .encode());
    }

    public Reply tell(Event event) {
        return given.signed(partner, partner.purchasesPath(), event.body());
    }

    public CompletableFuture<Reply> tellAsync(Event event) {
        return service.api()
                .with(partner.sign(event.body(), service.clock().instant()))
                .sendAsync("POST", partner.purchasesPath(), event.body());
    }

    /** The purchase arrives; returns its id. */
    public UUID arrive() {
        return UUID.fromString(tell(creation()).expect(201).json().getString("id"));
    }

    /** The purchase arrives and is credited; returns its id. */
    public UUID arriveCredited() {
        UUID id = arrive();
        service.awaitCredits();
        return id;
    }

    /** As it stands once everything parked is applied. */
    public JsonObject settled() {
        service.awaitPartnerEvents();
        return given.purchase(id());
    }

    public UUID id() {
        return service.sql()
                .value("SELECT id FROM purchases WHERE partner_id = ? AND external_id = ?", partner.id(), externalId());
    }

    /** State, cashback, wallet and cap once everything is credited and applied. */
    public String outcome() {
        service.awaitCredits();
        service.awaitPartnerEvents();
        return standing();
    }

    /** State, cashback, wallet and cap as they are now. */
    public String standing() {
        JsonObject purchase = given.purchase(id());
        return "%s %s %s, %s"
                .formatted(
                        purchase.getString("status"),
                        purchase.getString("cashback_status"),
                        purchase.getString("cashback_amount"),
                        holdings());
    }

    /** The owner's balances, and the used part of the cap. */
    public String holdings() {
        return service.sql().value("""
                        SELECT format('pending %s available %s cap %s', w.pending_minor, w.available_minor,
                            (SELECT coalesce(sum(c.used_minor), 0) FROM cap_usage c WHERE c.user_id = w.user_id))
                        FROM wallets w WHERE w.user_id = ?
                        """, userId);
    }

    /** The journal of the purchase, oldest first. */
    public List<String> journal() {
        return service.sql().column("""
                        SELECT kind || ' ' || amount_minor FROM ledger_transfers WHERE purchase_id = ?
                        ORDER BY created_at, id
                        """, id());
    }

    /** The actions that the audit log has for the purchase, oldest first. */
    public List<String> audited() {
        return service.sql()
                .column(
                        "SELECT action FROM audit_log WHERE resource_type = 'purchase' AND resource_id = ?"
                                + " ORDER BY occurred_at, id",
                        id().toString());
    }

    /** The recorded events: kind and outcome, in the order of their times. */
    public List<String> onRecord() {
        return service.sql().column("""
                        SELECT kind || coalesce(' ' || refund_id, ' ' || correction_id, '') || ': ' || coalesce(outcome, 'parked')
                        FROM partner_events WHERE partner_id = ? AND external_id = ? ORDER BY occurred_at, kind
                        """, partner.id(), externalId());
    }
}
