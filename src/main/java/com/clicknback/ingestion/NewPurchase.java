package com.clicknback.ingestion;

import com.clicknback.cashback.CashbackTerms;
import com.clicknback.money.Money;
import java.util.UUID;

/** A submission that passed all checks, with the terms and the cashback that are now fixed for it. */
record NewPurchase(UUID id, Submission submission, CashbackTerms terms, Money cashback) {}
