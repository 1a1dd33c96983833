package com.clicknback.platform.ops;

import org.hibernate.validator.constraints.Range;

/**
 * The address of health and metrics for operators.
 *
 * @param port 0 for any free one
 */
public record ManagementSettings(
        String host, @Range(min = 0, max = 65_535) int port) {}
