package com.clicknback.verification;

import com.clicknback.flags.Flags;
import com.clicknback.holds.ReleaseGate;
import com.clicknback.platform.bus.Bus;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The feature flag that lets purchases be confirmed without a person, for each user and merchant. */
public final class AutoConfirm {
    /** The key of the flag. */
    public static final String FLAG = ReleaseGate.AUTO_CONFIRM_FLAG;

    private final Bus bus;

    public AutoConfirm(Bus bus) {
        this.bus = bus;
    }

    /** The purchases that the flag lets through, in their order. */
    public <T> Future<List<T>> allowed(List<T> purchases, Function<T, Flags.Subject> subject) {
        List<Flags.Subject> subjects = purchases.stream().map(subject).toList();
        return bus.ask(new Flags.EvaluateAll(FLAG, subjects)).map(answer -> {
            List<T> allowed = new ArrayList<>();
            for (int i = 0; i < purchases.size(); i++) {
                if (answer.enabled().get(i)) {
                    allowed.add(purchases.get(i));
                }
            }
            return allowed;
        });
    }
}
