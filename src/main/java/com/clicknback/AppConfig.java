package com.clicknback;

import com.clicknback.ingestion.IngestionVerticle;
import com.clicknback.money.Money;
import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.http.HttpSettings;
import com.clicknback.platform.ops.ManagementSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * All that can be set about a running service; complete and valid by construction (see {@link Configuration}).
 *
 * @param eventLoops threads that run verticles and serve HTTP
 */
public record AppConfig(
        int eventLoops,
        HttpSettings http,
        ManagementSettings management,
        DatabaseSettings database,
        Secrets secrets,
        Tokens tokens,
        Rules rules,
        IngestionVerticle.Settings ingestion,
        Verification verification,
        Demo demo) {

    /**
     * What only this service may know.
     *
     * @param jwtSecret signs tokens; at least 32 bytes
     * @param payoutKey encrypts payout destinations; 256 bits
     * @param payoutOldKeys were payout keys before, and still decrypt
     */
    public record Secrets(String jwtSecret, SecretKey payoutKey, List<SecretKey> payoutOldKeys) {
        @Override
        public String toString() {
            return "Secrets[…]";
        }
    }

    public record Tokens(Duration accessLifetime, Duration refreshLifetime) {}

    /**
     * Limits of the business.
     *
     * @param percentageMax of an offer or of a merchant's default
     * @param secretsMax of one partner
     * @param signatureTolerance how far the time of a signature may be from now
     * @param payoutMaximum30Days of all payouts that a user requests in 30 days
     */
    public record Rules(
            BigDecimal percentageMax,
            int secretsMax,
            Duration signatureTolerance,
            Money payoutMinimum,
            Money payoutMaximum30Days) {}

    /**
     * @param interval between runs of the job, and before the next attempt of a purchase
     * @param attemptsMax answered pending before a purchase is rejected
     * @param rejectionMerchantId whose purchases the simulated bank never confirms
     */
    public record Verification(
            Duration interval, int attemptsMax, @Nullable UUID rejectionMerchantId) {}

    /**
     * @param seed whether the demo data are loaded
     * @param purchasesPerSecond that the built-in demo partner sends
     */
    public record Demo(boolean seed, int purchasesPerSecond) {}
}
