package com.clicknback.model;

import com.clicknback.testing.Reply;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Settings that administrators change, and operations that nobody asks for. */
final class Circumstances {
    private static final String FLAG_PATH = "/feature-flags/";

    /** A process may remember flags for this long without hearing of their change. */
    private static final Duration FLAG_SPREADS = Duration.ofSeconds(1);

    private Circumstances() {}

    private static ExpectedAnswer statusOf(Stage stage, Reply reply) {
        return reply.status() >= 400
                ? stage.refusal(reply)
                : ExpectedAnswer.of(reply.status(), reply.json().getString("status"));
    }

    private static JsonObject status(boolean active) {
        return JsonObject.of("status", active ? "active" : "inactive");
    }

    record SetMerchantActive(ModelMerchant merchant, boolean active) implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            return merchant.setActive(active, world.now());
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            return statusOf(
                    stage, stage.admin().patch("/merchants/" + stage.id(merchant.name) + "/status", status(active)));
        }

        @Override
        public String toString() {
            return "SetMerchantActive[" + merchant.name + " " + active + "]";
        }
    }

    record SetOfferActive(ModelOffer offer, boolean active) implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            return offer.setActive(active, world.now());
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            String id = stage.id(Stage.offerName(offer.name));
            return statusOf(stage, stage.admin().patch("/offers/" + id + "/status", status(active)));
        }

        @Override
        public String toString() {
            return "SetOfferActive[" + offer.name + " " + active + "]";
        }
    }

    /**
     * Sets a flag that lets the verification job decide, or cashback become available.
     *
     * @param scope as in the contract
     * @param of whom, or the scope again
     */
    record SetFlag(String key, String scope, String of, boolean enabled) implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            world.flags.set(key, of, enabled);
            world.pass(FLAG_SPREADS);
            return ExpectedAnswer.of(200);
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            JsonObject body = JsonObject.of("enabled", enabled, "scope_type", scope);
            if (!scope.equals(ModelFlags.GLOBALLY)) {
                body.put("scope_id", stage.id(of));
            }
            Reply reply = stage.admin().put(FLAG_PATH + key, body);
            stage.clock().advance(FLAG_SPREADS);
            return ExpectedAnswer.of(reply.status());
        }

        /** The flag decides about a partner's confirmation that waits. */
        @Override
        public boolean isRacing(World world) {
            return !world.isSettled();
        }
    }

    /** Sets who decides about a partner's purchases. */
    record LeaveDecisions(String partner, boolean toPartner) implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            world.leaveDecisionsTo(partner, toPartner);
            return ExpectedAnswer.of(200);
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            JsonObject body = JsonObject.of("confirmed_by", toPartner ? "partner" : "verification");
            return ExpectedAnswer.of(
                    stage.admin().patch("/partners/" + stage.id(partner), body).status());
        }
    }

    /** The verification job runs. */
    record Verify() implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            world.verify();
            return ExpectedAnswer.NOTHING;
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            stage.service().runVerification();
            return ExpectedAnswer.NOTHING;
        }

        @Override
        public boolean isRacing(World world) {
            return !world.isSettled();
        }
    }

    /** Held cashback whose time has come is released. */
    record ReleaseHeld() implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            world.release();
            return ExpectedAnswer.NOTHING;
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            stage.service().runReleases();
            return ExpectedAnswer.NOTHING;
        }

        @Override
        public boolean isRacing(World world) {
            return !world.isSettled();
        }
    }

    record Pass(Duration time) implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            world.pass(time);
            return ExpectedAnswer.NOTHING;
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            stage.clock().advance(time);
            return ExpectedAnswer.NOTHING;
        }
    }

    /** A process ends and another one starts, which begins with a run of the verification job. */
    record Restart(int process) implements Operation {
        @Override
        public ExpectedAnswer inModel(World world) {
            world.verify();
            return ExpectedAnswer.NOTHING;
        }

        @Override
        public ExpectedAnswer onService(Stage stage) {
            stage.processes.restart(process);
            return ExpectedAnswer.NOTHING;
        }

        @Override
        public boolean isRacing(World world) {
            return !world.isSettled();
        }
    }

    /** A disturbance that the service must survive and the model ignores. */
    interface Trouble extends Operation {
        @Override
        default ExpectedAnswer inModel(World world) {
            return ExpectedAnswer.NOTHING;
        }

        @Override
        default ExpectedAnswer onService(Stage stage) {
            befall(stage.processes);
            return ExpectedAnswer.NOTHING;
        }

        void befall(Processes processes);
    }

    /** The followers of all processes get stuck. */
    record Hold() implements Trouble {
        @Override
        public void befall(Processes processes) {
            processes.hold();
        }

        @Override
        public boolean isRacing(World world) {
            return !world.isSettled();
        }
    }

    /** The followers go on. */
    record Release() implements Trouble {
        @Override
        public void befall(Processes processes) {
            processes.release();
        }
    }

    record LoseNudges(boolean all) implements Trouble {
        @Override
        public void befall(Processes processes) {
            processes.loseNudges(all);
        }
    }

    record RepeatNudges(int times) implements Trouble {
        @Override
        public void befall(Processes processes) {
            processes.repeatNudges(times);
        }
    }

    /** The followers see events again that they have passed. */
    record Replay(int events) implements Trouble {
        @Override
        public void befall(Processes processes) {
            processes.goBack(events);
        }

        @Override
        public boolean isRacing(World world) {
            return !world.isSettled();
        }
    }
}
