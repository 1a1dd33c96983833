package com.clicknback.platform.ops;

import com.clicknback.platform.address.HostName;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.hibernate.validator.constraints.Range;

/**
 * The address of health and metrics for operators.
 *
 * @param port 0 for any free one
 * @param allowedHosts names, besides its own, that requests may be for
 */
public record ManagementSettings(
        String host,
        @Range(min = 0, max = 65_535) int port,

        @NotNull(message = "a comma-separated list of host names")
        List<HostName> allowedHosts) {}
