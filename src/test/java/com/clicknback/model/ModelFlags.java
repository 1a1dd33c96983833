package com.clicknback.model;

import java.util.HashMap;
import java.util.Map;

/** The feature flags, each with a value for everybody and values for users and merchants. */
final class ModelFlags {
    static final String AUTO_CONFIRM = "purchase_auto_confirm";
    static final String RELEASE = "cashback_release";

    /** The scope of the value that is not about somebody or something in particular. */
    static final String GLOBALLY = "global";

    private final Map<String, Map<String, Boolean>> values = new HashMap<>();

    /**
     * @param scope a user, a merchant or {@link #GLOBALLY}
     */
    void set(String key, String scope, boolean enabled) {
        values.computeIfAbsent(key, k -> new HashMap<>()).put(scope, enabled);
    }

    boolean isOn(String key, ModelPurchase purchase) {
        return isOn(key, purchase.user()) && isOn(key, purchase.submission.merchant());
    }

    private boolean isOn(String key, String scope) {
        Map<String, Boolean> set = values.getOrDefault(key, Map.of());
        return set.getOrDefault(scope, set.getOrDefault(GLOBALLY, true));
    }

    /** True when confirmed cashback may become available. */
    boolean letGo(ModelPurchase purchase, boolean confirmedByPerson) {
        return isOn(RELEASE, purchase) && (confirmedByPerson || isOn(AUTO_CONFIRM, purchase));
    }
}
