package com.clicknback.wallets;

import com.clicknback.money.Balances;
import com.clicknback.platform.bus.Request;
import java.util.UUID;

/** Asks what a user holds; a user without any movement holds nothing. */
public record FindWallet(UUID userId) implements Request<Balances> {}
