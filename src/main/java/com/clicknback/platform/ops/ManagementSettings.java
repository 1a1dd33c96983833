package com.clicknback.platform.ops;

/**
 * Where operators reach health and metrics.
 *
 * @param port 0 for any free one
 */
public record ManagementSettings(String host, int port) {}
