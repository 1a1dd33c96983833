package com.clicknback.platform.bus;

/** A message that is published to all listeners; a record. Delivery is best effort: nothing may depend on it. */
public interface Notice {}
