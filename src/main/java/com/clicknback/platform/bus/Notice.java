package com.clicknback.platform.bus;

/**
 * A message that is published to all listeners, on other nodes too; a record. Delivery is best effort: nothing may depend
 * on it. Older and newer nodes read it, so members are only added, and a missing one is null or zero.
 */
public interface Notice {}
