package com.clicknback.clicks;

import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.util.UUID;

/** The messages that the clicks domain answers. */
public final class Clicks {
    private Clicks() {}

    /**
     * Makes a click of a user at a merchant, durably. Fails with MERCHANT_NOT_ELIGIBLE, OFFER_NOT_AVAILABLE; with OVERLOADED
     * when too many wait for their commit.
     */
    public record Make(UUID userId, UUID merchantId) implements Request<Made> {}

    /**
     * A click, and the receipt that proves its promise.
     *
     * @param receipt a compact JWS
     */
    public record Made(Click click, PromisedTerms terms, String redirectUrl, String receipt) {
        /** Without the receipt, which is its user's. */
        @Override
        public String toString() {
            return "Made[" + click.id() + "]";
        }
    }

    /**
     * Finds where a click leads, which is where its merchant takes clicks now. Fails with NOT_FOUND; with CLICK_GONE when
     * the click has expired, or its merchant takes none any more.
     *
     * @param id as the link has it
     */
    public record Follow(String id) implements Request<Destination> {}

    /** The clicks of a user that are kept, the newest first, with what came of them; by cursor only. */
    public record List(UUID userId, PageRequest page) implements Request<Page<ClickView>> {}

    /** The URL that a click leads to. */
    public record Destination(String url) {}
}
