package com.clicknback.merchants;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that the merchants domain answers. */
public final class Merchants {
    private Merchants() {}

    /**
     * Creates a merchant. Fails with RULE_VIOLATION of the percentage, MERCHANT_NAME_TAKEN.
     *
     * @param name trimmed
     * @param defaultPercentage has at most four fraction digits
     * @param holdDays null leaves it to the setting
     */
    public record Create(
            String name,
            BigDecimal defaultPercentage,
            @Nullable Integer holdDays,
            Tracking tracking,
            boolean active,
            Actor actor)
            implements Request<Merchant> {}

    /** Finds one merchant. Fails with NOT_FOUND. */
    public record Find(UUID id) implements Request<Merchant> {}

    /**
     * Lists a page of the merchants that match every filter that is given.
     *
     * @param namePart contained in the name, ignoring case
     */
    public record List(
            PageRequest page,
            @Nullable Boolean active,
            @Nullable String namePart) implements Request<Page<Merchant>> {}

    /** Finds some of the merchants whose name begins with this text, ignoring case, in the order of their names. */
    public record FindByName(String prefix) implements Request<Matches> {}

    /** The answer to {@link FindByName}. */
    public record Matches(java.util.List<Merchant> merchants) {}

    /**
     * Changes a merchant; a null member stays as it is unless it is to be cleared. A changed default or hold counts for
     * purchases made from then on. Fails with NOT_FOUND, RULE_VIOLATION of the percentage, MERCHANT_NAME_TAKEN.
     *
     * @param name trimmed
     * @param defaultPercentage has at most four fraction digits
     * @param clearsHold true to leave the hold to the setting
     * @param clearsTemplate true to take no clicks any more
     */
    public record Update(
            UUID id,
            @Nullable String name,
            @Nullable BigDecimal defaultPercentage,
            @Nullable Integer holdDays,
            boolean clearsHold,
            @Nullable String trackingUrlTemplate,
            boolean clearsTemplate,
            @Nullable Integer attributionDays,
            Actor actor)
            implements Request<Merchant> {}

    /** Lists a page of the times in which a merchant was active, the latest first. Fails with NOT_FOUND. */
    public record History(UUID id, PageRequest page) implements Request<Page<MerchantPeriod>> {}

    /** Activates or deactivates a merchant; its offers and purchases stay as they are. Fails with NOT_FOUND. */
    public record SetStatus(UUID id, boolean active, Actor actor) implements Request<Merchant> {}
}
