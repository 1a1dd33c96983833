package com.clicknback.flags;

import com.clicknback.platform.bus.Notice;

/** A flag was set or deleted: what nodes remember of flags is to be forgotten. */
record FlagsChanged() implements Notice {}
