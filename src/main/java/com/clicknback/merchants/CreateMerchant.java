package com.clicknback.merchants;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;
import java.math.BigDecimal;

/**
 * Creates a merchant. Fails with {@code RULE_VIOLATION} when the percentage is out of range, {@code
 * MERCHANT_NAME_TAKEN}.
 *
 * @param name trimmed
 * @param defaultPercentage has at most four fraction digits
 */
public record CreateMerchant(String name, BigDecimal defaultPercentage, boolean active, Actor actor)
        implements Request<Merchant> {}
