package com.clicknback.model;

import com.clicknback.model.ModelPurchase.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The orders that senders named, by which the reports of a partner and of a user find each other. */
final class ModelOrders {
    private static final Duration SAME_WITHIN = Duration.ofDays(30);

    private final List<Order> orders = new ArrayList<>();
    private final List<ModelSubmission> firstReports = new ArrayList<>();

    /** An order as its first report named it. */
    private static final class Order {
        private final ModelPurchase purchase;
        private final ModelSubmission first;
        private boolean open = true;
        private boolean userReported;

        Order(ModelPurchase purchase) {
            this.purchase = purchase;
            this.first = purchase.submission;
            this.userReported = isByUser(first);
        }

        private boolean isOf(ModelSubmission other) {
            return first.orderRef().equals(other.orderRef())
                    && first.user().equals(other.user())
                    && first.merchant().equals(other.merchant())
                    && first.amountMinor() == other.amountMinor();
        }

        private boolean awaits(ModelSubmission other) {
            return open && isByUser(first) != isByUser(other);
        }

        private boolean isRejected() {
            return purchase.status == Status.REJECTED;
        }
    }

    /**
     * Another report of an order.
     *
     * @param awaited true when the first one waits for this one, false when its user has submitted it already
     */
    record Other(ModelPurchase purchase, boolean awaited) {}

    private static boolean isByUser(ModelSubmission submission) {
        return !submission.name().isOfPartner();
    }

    /** The report of the order that counts for another one; one that was rejected counts last. */
    Optional<Other> other(ModelSubmission submission, Instant purchasedAt) {
        return orders.stream()
                .filter(order -> order.isOf(submission) && isWithin(order.purchase.purchasedAt, purchasedAt))
                .filter(order -> order.awaits(submission) || isByUser(submission) && order.userReported)
                .min(Comparator.comparing((Order order) -> !order.awaits(submission))
                        .thenComparing(Order::isRejected)
                        .thenComparing(order -> order.purchase.serial))
                .map(order -> new Other(order.purchase, order.awaits(submission)));
    }

    private static boolean isWithin(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(SAME_WITHIN) <= 0;
    }

    void open(ModelPurchase purchase) {
        orders.add(new Order(purchase));
    }

    /** Attaches a second report; a user's purchase becomes that of the partner. */
    void attach(ModelPurchase purchase, ModelSubmission second) {
        Order order = orders.stream()
                .filter(one -> one.purchase == purchase)
                .findFirst()
                .orElseThrow();
        order.open = false;
        if (isByUser(second)) {
            order.userReported = true;
        } else {
            firstReports.add(purchase.submission);
            purchase.submission = second;
        }
    }

    /** Ends the wait of the rejected purchases of an order for its partner. */
    void close(ModelSubmission order) {
        orders.stream()
                .filter(one -> one.isOf(order) && isByUser(one.first) && one.isRejected())
                .forEach(one -> one.open = false);
    }

    /** The reports of users that partners' reports have followed. */
    List<ModelSubmission> firstReports() {
        return firstReports;
    }
}
