package com.clicknback.partners;

import com.clicknback.partners.SecretStore.Key;
import com.clicknback.partners.SecretStore.Wrapped;
import com.clicknback.partners.signing.TestedSecret;
import com.clicknback.partners.signing.WebhookSecret;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up what partners may sign with at this moment. Nothing is remembered between lookups, so a revoked or expired secret
 * is refused at once, and no unwrapped one stays in memory.
 */
final class KeyLookup {
    private static final Logger LOG = LoggerFactory.getLogger(KeyLookup.class);

    private final Database database;
    private final SecretCipher cipher;
    private final Clock clock;

    KeyLookup(Database database, SecretCipher cipher, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.clock = clock;
    }

    /** The keys of each partner, in the order of the ids. */
    Future<List<Partners.Keys>> find(List<UUID> partnerIds) {
        return SecretStore.findKeys(database, new HashSet<>(partnerIds), clock.instant())
                .map(rows -> {
                    Map<UUID, Partners.Keys> found = new HashMap<>();
                    rows.forEach(row -> found.merge(row.partnerId(), keys(row), KeyLookup::together));
                    return partnerIds.stream()
                            .map(id -> found.getOrDefault(id, Partners.Keys.OF_NOBODY))
                            .toList();
                });
    }

    private Partners.Keys keys(Key row) {
        Wrapped secret = row.secret();
        if (secret == null) {
            return new Partners.Keys(true, row.active(), List.of(), false);
        }
        try {
            WebhookSecret unwrapped = cipher.unwrap(row.partnerId(), secret.id(), secret.secret());
            TestedSecret usable = new TestedSecret(secret.id(), unwrapped);
            return new Partners.Keys(true, row.active(), List.of(usable), false);
        } catch (IllegalStateException unreadable) {
            // One bad row must not stop the other partners of the lookup.
            LOG.error("a secret of partner {} cannot be read: {}", row.partnerId(), unreadable.getMessage());
            return new Partners.Keys(true, row.active(), List.of(), true);
        }
    }

    private static Partners.Keys together(Partners.Keys some, Partners.Keys more) {
        return new Partners.Keys(
                true,
                some.active(),
                Stream.concat(some.secrets().stream(), more.secrets().stream()).toList(),
                some.unreadable() || more.unreadable());
    }
}
