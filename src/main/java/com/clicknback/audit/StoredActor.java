package com.clicknback.audit;

import com.clicknback.audit.Actor.Type;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An actor in the columns of the audit log. The log shows a partner as the system, since partners are no users; the cause
 * then names the partner beside its request.
 */
record StoredActor(Type type, @Nullable UUID id, String cause) {
    private static final Pattern PARTNER_CAUSE = Pattern.compile(
            "partner:(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) request:(?<request>.*)", Pattern.DOTALL);

    static StoredActor of(Actor actor) {
        return actor.type() == Type.PARTNER
                ? new StoredActor(Type.SYSTEM, null, "partner:" + actor.id() + " request:" + actor.cause())
                : new StoredActor(actor.type(), actor.id(), actor.cause());
    }

    Actor toActor() {
        Matcher partner = PARTNER_CAUSE.matcher(cause);
        return type == Type.SYSTEM && partner.matches()
                ? Actor.partner(UUID.fromString(partner.group("id")), partner.group("request"))
                : new Actor(type, id, cause);
    }
}
