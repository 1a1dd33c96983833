package com.clicknback.platform.events;

import com.clicknback.platform.bus.Notice;

/** A nudge: the log has grown. It only wakes followers earlier; a lost one costs a poll interval, never an event. */
public record EventsAppended() implements Notice {}
