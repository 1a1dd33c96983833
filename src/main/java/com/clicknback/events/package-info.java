/** The payloads of the event log: the contract with its followers. */
@NullMarked
package com.clicknback.events;

import org.jspecify.annotations.NullMarked;
