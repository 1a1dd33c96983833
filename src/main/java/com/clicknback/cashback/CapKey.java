package com.clicknback.cashback;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One user's allowance under one offer in one calendar month. */
record CapKey(UUID userId, @Nullable UUID offerId, LocalDate month) {}
