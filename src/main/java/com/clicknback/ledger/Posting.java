package com.clicknback.ledger;

import java.util.UUID;

/** A transfer and the id that its row of the journal gets. */
record Posting(UUID id, Transfer transfer) {}
