package com.clicknback.model;

import com.clicknback.model.ModelPayouts.ModelPayout;
import com.clicknback.model.ModelPurchase.Status;
import com.clicknback.model.ModelSubmission.Name;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;

/** The operations of users, partners and administrators. */
final class Calls {
    private static final String IBAN = "DE89370400440532013000";

    private Calls() {}

    /** A purchase is sent, by its user or by a partner. */
    record Submit(ModelSubmission submission) implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            return world.submit(submission);
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            Reply reply = submission.name().isOfPartner()
                    ? stage.sign(submission.name().source(), event(stage))
                    : stage.as(submission.user()).post("/purchases", stage.members(submission));
            if (reply.status() == 201
                    || reply.status() == 200 && submission.name().isOfPartner()) {
                // The purchase of a user has the partner's name from its second report on.
                stage.meet(submission.name().toString(), reply);
            }
            return verdict(stage, reply);
        }

        private JsonObject event(Stage stage) {
            return JsonObject.of("type", "purchase.created")
                    .put("timestamp", stage.clock().instant().toString())
                    .put("data", stage.members(submission));
        }

        private static ExpectedAnswer verdict(Stage stage, Reply reply) {
            if (reply.status() >= 400) {
                return stage.refusal(reply);
            }
            JsonObject answer = reply.json();
            return ExpectedAnswer.of(
                    reply.status(),
                    stage.name(answer.getString("id")),
                    answer.getString("status"),
                    answer.containsKey("duplicate") ? "duplicate" : answer.getString("cashback_amount"));
        }

        @Override
        public boolean isRacing(World world) {
            return world.told(submission.name()).isWaiting() || submission.orderRef() != null && !world.isSettled();
        }
    }

    /** Several purchases in one request of a partner. */
    record SubmitBatch(String partner, List<ModelSubmission> submissions) implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            return new ExpectedAnswer(
                    200, submissions.stream().map(item -> fact(world, item)).toList());
        }

        private static String fact(World world, ModelSubmission item) {
            ExpectedAnswer verdict = world.submit(item);
            return switch (verdict.status()) {
                case 201 -> "accepted" + standing(world, item);
                case 200 -> "duplicate" + standing(world, item);
                default -> "rejected " + verdict.facts();
            };
        }

        private static String standing(World world, ModelSubmission item) {
            ModelPurchase purchase = world.purchase(item.name()).orElseThrow();
            return " %s %s %s".formatted(purchase.name(), purchase.status.wireName(), purchase.cashbackAmount());
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            Reply reply = stage.signBatch(
                    partner, submissions.stream().map(stage::members).toList());
            return new ExpectedAnswer(
                    reply.status(),
                    reply.expect(200).json().getJsonArray("results").stream()
                            .map(item -> fact(stage, (JsonObject) item))
                            .toList());
        }

        private String fact(Stage stage, JsonObject item) {
            String result = item.getString("result");
            if (result.equals("rejected")) {
                return result + " "
                        + stage.refusal(422, item.getJsonObject("error")).facts();
            }
            stage.meet(
                    new Name(partner, item.getString("external_id")).toString(), UUID.fromString(item.getString("id")));
            return "%s %s %s %s"
                    .formatted(
                            result,
                            stage.name(item.getString("id")),
                            item.getString("status"),
                            item.getString("cashback_amount"));
        }

        @Override
        public boolean isRacing(World world) {
            return !world.isSettled();
        }
    }

    /** An administrator decides about a purchase. */
    record Decide(Name purchase, Status to) implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            return world.decide(purchase, to);
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            ApiClient admin = stage.admin();
            String path = "/purchases/" + stage.id(purchase.toString());
            Reply reply = switch (to) {
                case CONFIRMED -> admin.post(path + "/confirmation");
                case REJECTED -> admin.post(path + "/rejection", JsonObject.of("reason", "No such order."));
                case REVERSED -> admin.patch(path + "/reverse", null);
                case PENDING -> throw new IllegalArgumentException("no decision leads to pending");
            };
            if (reply.status() >= 400) {
                return stage.refusal(reply);
            }
            JsonObject answer = reply.json();
            return ExpectedAnswer.of(
                    reply.status(),
                    stage.name(answer.getString("id")),
                    answer.getString("status"),
                    answer.getString("cashback_amount"));
        }

        @Override
        public boolean isRacing(World world) {
            return world.purchase(purchase).filter(world.cashback::competes).isPresent();
        }
    }

    /** A partner reports an event about a purchase, arrived or not. */
    record Tell(ModelEvent event) implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            return world.tell(event);
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            Reply reply = stage.sign(event.purchase().source(), body());
            if (reply.status() >= 400) {
                return stage.refusal(reply);
            }
            JsonObject answer = reply.json();
            String result = answer.getString("result");
            return result.equals("parked")
                    ? ExpectedAnswer.of(reply.status(), result)
                    : ExpectedAnswer.of(
                            reply.status(),
                            result,
                            stage.name(answer.getString("id")),
                            answer.getString("status"),
                            answer.getString("cashback_amount"));
        }

        private JsonObject body() {
            JsonObject data = JsonObject.of("external_id", event.purchase().externalId());
            switch (event.kind()) {
                case CONFIRMED -> {}
                case REJECTED -> data.put("reason", "Sent back.");
                case REFUNDED ->
                    data.put("refund_id", event.refundId()).put("amount", Decimals.text(event.amountMinor()));
                case CORRECTED -> {
                    data.put("correction_id", event.refundId())
                            .put("occurred_at", event.occurredAt().toString());
                    if (event.amountMinor() != 0) {
                        data.put("amount", Decimals.text(event.amountMinor()));
                    }
                }
            }
            return JsonObject.of("type", event.kind().wireName())
                    .put("timestamp", event.occurredAt().toString())
                    .put("data", data);
        }

        @Override
        public boolean isRacing(World world) {
            return world.purchase(event.purchase())
                    .filter(world.cashback::competes)
                    .isPresent();
        }
    }

    /** A user asks for a payout. */
    record RequestPayout(ModelPayouts.Request request) implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            return world.payouts.request(request, world.now());
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            JsonObject body = JsonObject.of("amount", Decimals.text(request.amountMinor()))
                    .put("method", "bank_transfer")
                    .put("details", JsonObject.of("iban", IBAN, "account_holder", request.holder()));
            ApiClient user = stage.as(request.user());
            Reply reply = (request.key() == null ? user : user.with("Idempotency-Key", request.key()))
                    .post("/users/me/payouts", body);
            if (reply.status() >= 400) {
                return stage.refusal(reply);
            }
            boolean replayed = "true".equals(reply.header("Idempotency-Replayed"));
            if (!replayed) {
                stage.meetPayout(reply);
            }
            JsonObject answer = reply.json();
            return ExpectedAnswer.of(
                    reply.status(),
                    stage.name(answer.getString("id")),
                    answer.getString("status"),
                    replayed ? "replayed" : "new");
        }
    }

    /** An administrator takes a payout further. */
    record SetPayoutStatus(ModelPayout payout, ModelPayouts.Status to) implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            return world.payouts.setStatus(payout, to);
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            JsonObject body = JsonObject.of("status", to.wireName());
            if (to == ModelPayouts.Status.FAILED) {
                body.put("failure_reason", "The account is closed.");
            }
            Reply reply = stage.admin().patch("/payouts/" + stage.id(payout.name) + "/status", body);
            if (reply.status() >= 400) {
                return stage.refusal(reply);
            }
            JsonObject answer = reply.json();
            return ExpectedAnswer.of(reply.status(), stage.name(answer.getString("id")), answer.getString("status"));
        }

        @Override
        public String toString() {
            return "SetPayoutStatus[" + payout.name + " to " + to + "]";
        }
    }
}
