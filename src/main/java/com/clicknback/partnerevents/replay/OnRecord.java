package com.clicknback.partnerevents.replay;

/**
 * An event that was judged before.
 *
 * @param effective true for one that changed its purchase
 */
public record OnRecord(Parked event, boolean effective, boolean refused) {}
