package com.clicknback.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A purchase as it is sent.
 *
 * @param name its sender and the id that the sender gave it
 * @param purchasedAt null when the sender leaves it out
 * @param click null when the sender names none
 * @param orderRef null when the sender names none
 */
record ModelSubmission(
        Name name,
        String user,
        String merchant,
        long amountMinor,
        String currency,
        @Nullable Instant purchasedAt,
        @Nullable Named click,
        @Nullable String orderRef) {
    static final String BY_USERS = "user";

    /** A purchase that names neither a click nor an order. */
    ModelSubmission(
            Name name, String user, String merchant, long amountMinor, String currency, @Nullable Instant purchasedAt) {
        this(name, user, merchant, amountMinor, currency, purchasedAt, null, null);
    }

    ModelSubmission withOrder(@Nullable String ref) {
        return new ModelSubmission(name, user, merchant, amountMinor, currency, purchasedAt, click, ref);
    }

    /**
     * The click that a purchase names.
     *
     * @param alone without its user and its merchant
     */
    record Named(ModelClick click, boolean alone) {}

    boolean isByClickAlone() {
        return click != null && click.alone();
    }

    private @Nullable String clickName() {
        return click == null ? null : click.click().name();
    }

    /**
     * The unique name of a purchase.
     *
     * @param source a partner, or {@link #BY_USERS} for what users submit themselves
     */
    record Name(String source, String externalId) {
        boolean isOfPartner() {
            return !source.equals(BY_USERS);
        }

        @Override
        public String toString() {
            return source + "/" + externalId;
        }
    }

    /** The members in which another submission of the same name differs, in the order of the contract. */
    List<String> differingFrom(ModelSubmission other) {
        List<String> members = new ArrayList<>();
        if (!other.isByClickAlone()) {
            note(members, "user_id", user, other.user);
            note(members, "merchant_id", merchant, other.merchant);
        }
        note(members, "amount", amountMinor, other.amountMinor);
        note(members, "currency", currency.toUpperCase(Locale.ROOT), other.currency.toUpperCase(Locale.ROOT));
        note(members, "purchased_at", purchasedAt, other.purchasedAt);
        note(members, "order_ref", orderRef, other.orderRef);
        if (orderRef != null) {
            return members;
        }
        note(members, "click_id", clickName(), other.clickName());
        return members;
    }

    private static void note(List<String> members, String member, @Nullable Object one, @Nullable Object other) {
        if (!Objects.equals(one, other)) {
            members.add(member);
        }
    }
}
