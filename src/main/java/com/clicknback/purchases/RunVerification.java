package com.clicknback.purchases;

import com.clicknback.platform.bus.Done;
import com.clicknback.platform.bus.Request;

/** Asks the verification job to run now; answered when the run has ended, and fails when it failed. */
public record RunVerification() implements Request<Done> {}
