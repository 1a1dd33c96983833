package com.clicknback.ledger;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.util.UUID;

/** Asks for a page of a user's journal. */
public record ListTransactions(UUID userId, PageRequest page) implements Request<Page<Transaction>> {}
