package com.clicknback.partners;

import com.clicknback.platform.bus.Request;
import java.util.List;
import java.util.UUID;

/**
 * Asks what a partner may sign with at this moment; nothing when it is unknown or inactive. Fails with {@code
 * OVERLOADED}.
 */
record FindPartnerKeys(UUID partnerId) implements Request<FindPartnerKeys.Found> {

    record Found(List<WebhookSecret> secrets) {}
}
