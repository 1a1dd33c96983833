package com.clicknback.partnerevents;

import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One purchase of one partner and the partner's events about it; times are seconds of its story. */
final class PartnerStory {
    private static final Instant BEGIN = Instant.parse("2026-04-22T10:00:00Z");

    final Partner partner;
    final UUID userId;
    final JsonObject purchase;
    private final TestService service;
    private final Scenario given;

    PartnerStory(TestService service, Scenario given, Partner partner, UUID userId, UUID merchantId, String amount) {
        this.service = service;
        this.given = given;
        this.partner = partner;
        this.userId = userId;
        this.purchase = given.purchase(userId, merchantId, amount);
    }

    /** A purchase of a user, a partner and a merchant of its own; the merchant gives five percent. */
    static PartnerStory of(TestService service, Scenario given, String amount) {
        return new PartnerStory(service, given, given.partner(), given.users(1).get(0), given.merchant(), amount);
    }

    String externalId() {
        return purchase.getString("external_id");
    }

    /** An event of the partner, ready to be sent. */
    record Event(String body) {}

    Event creation() {
        return new Event(given.event(purchase).encode());
    }

    Event confirmation(int second) {
        return event("purchase.confirmed", second, data());
    }

    Event rejection(int second, String reason) {
        return event("purchase.rejected", second, data().put("reason", reason));
    }

    Event refund(int second, String refundId, String amount) {
        return event(
                "purchase.refunded", second, data().put("refund_id", refundId).put("amount", amount));
    }

    private JsonObject data() {
        return JsonObject.of("external_id", externalId());
    }

    static Event event(String type, int second, JsonObject data) {
        return new Event(JsonObject.of(
                        "type", type, "timestamp", BEGIN.plusSeconds(second).toString(), "data", data)
                .encode());
    }

    Reply tell(Event event) {
        return given.signed(partner, partner.purchasesPath(), event.body());
    }

    CompletableFuture<Reply> tellAsync(Event event) {
        return service.api()
                .with(partner.sign(event.body(), service.clock().instant()))
                .sendAsync("POST", partner.purchasesPath(), event.body());
    }

    /** The purchase arrives; returns its id. */
    UUID arrive() {
        return UUID.fromString(tell(creation()).expect(201).json().getString("id"));
    }

    /** As it stands once everything parked is applied. */
    JsonObject settled() {
        service.awaitPartnerEvents();
        return given.purchase(id());
    }

    UUID id() {
        return service.sql()
                .value("SELECT id FROM purchases WHERE partner_id = ? AND external_id = ?", partner.id(), externalId());
    }

    /** State, cashback, wallet and cap once everything is credited and applied. */
    String outcome() {
        service.awaitCredits();
        service.awaitPartnerEvents();
        return standing();
    }

    /** State, cashback, wallet and cap as they are now. */
    String standing() {
        JsonObject purchase = given.purchase(id());
        return "%s %s %s, %s"
                .formatted(
                        purchase.getString("status"),
                        purchase.getString("cashback_status"),
                        purchase.getString("cashback_amount"),
                        holdings());
    }

    /** The owner's balances, and the used part of the cap. */
    String holdings() {
        return service.sql().value("""
                        SELECT format('pending %s available %s cap %s', w.pending_minor, w.available_minor,
                            (SELECT coalesce(sum(c.used_minor), 0) FROM cap_usage c WHERE c.user_id = w.user_id))
                        FROM wallets w WHERE w.user_id = ?
                        """, userId);
    }

    /** The journal of the purchase, oldest first. */
    List<String> journal() {
        return service.sql().column("""
                        SELECT kind || ' ' || amount_minor FROM ledger_transfers WHERE purchase_id = ?
                        ORDER BY created_at, id
                        """, id());
    }

    /** The actions that the audit log has for the purchase, oldest first. */
    List<String> audited() {
        return service.sql()
                .column(
                        "SELECT action FROM audit_log WHERE resource_type = 'purchase' AND resource_id = ?"
                                + " ORDER BY occurred_at, id",
                        id().toString());
    }

    /** The recorded events: kind and outcome, in the order of their times. */
    List<String> onRecord() {
        return service.sql().column("""
                        SELECT kind || coalesce(' ' || refund_id, '') || ': ' || coalesce(outcome, 'parked')
                        FROM partner_events WHERE partner_id = ? AND external_id = ? ORDER BY occurred_at, kind
                        """, partner.id(), externalId());
    }
}
