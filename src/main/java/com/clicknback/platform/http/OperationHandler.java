package com.clicknback.platform.http;

import com.clicknback.platform.contract.DescribedOperation;
import com.clicknback.platform.contract.DescribedOperation.Body;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.intake.Admission;
import com.clicknback.platform.intake.BodyBudget;
import com.clicknback.platform.intake.MediaTypes;
import com.clicknback.platform.intake.QueryParameters;
import com.clicknback.platform.intake.RateLimiter;
import com.clicknback.platform.intake.Turns;
import com.clicknback.platform.json.CanonicalUuid;
import com.clicknback.platform.json.Wire;
import com.clicknback.platform.security.SecurityLog;
import com.clicknback.platform.stream.EventSource;
import com.clicknback.platform.stream.EventStream;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes one operation's requests through the checks of the HTTP contract, in the contract's order, to the operation's
 * endpoint. Who sends a body after its head is looked at again once it is there: access may have ended meanwhile.
 */
final class OperationHandler implements Handler<RoutingContext> {
    private static final String BEARER = "bearer ";
    private static final int BYTES_OF_A_REQUEST = 64 * 1024;

    /** Bodies of partners that take the event loop for milliseconds. */
    private static final int BYTES_OF_A_TURN = 16 * 1024;

    /** The tag of health operations, which must not fail because the service is busy. */
    private static final String HEALTH = "Health";

    private static final int OK = 200;

    private final String operationId;
    private final boolean health;
    private final Access access;
    private final Body bodyRule;
    private final boolean reads;
    private final Endpoint endpoint;
    private final Edge edge;
    private final Admission admission;
    private final @Nullable RateLimiter addressLimit;
    private final Turns turns;

    OperationHandler(DescribedOperation operation, Endpoint endpoint, Edge edge, Turns turns) {
        this.operationId = operation.id();
        this.access = Access.of(operation);
        this.endpoint = endpoint;
        this.edge = edge;
        this.health = operation.tags().contains(HEALTH);
        this.admission = health ? Admission.unlimited() : edge.admission();
        this.addressLimit = edge.limits().ofAddress(operationId);
        this.bodyRule = operation.body();
        this.reads = operation.method().equals(HttpMethod.GET);
        this.turns = turns;
    }

    @Override
    public void handle(RoutingContext context) {
        RequestLine.operation(context, operationId, access == Access.PARTNER || health);
        HttpServerRequest request = context.request().pause();
        Visit visit = new Visit(context, edge.clientAddress().of(request));
        try {
            visit.place.enter();
        } catch (DomainException overloaded) {
            refuse(context, overloaded);
            return;
        }
        Future<Answer> answered = Future.succeededFuture().compose(begun -> process(visit));
        Context loop = context.vertx().getOrCreateContext();
        answered.onComplete(done -> {
            // The server writes on the loop of the request alone; most answers come there by themselves.
            if (Vertx.currentContext() == loop) {
                finish(visit, done);
            } else {
                loop.runOnContext(home -> finish(visit, done));
            }
        });
    }

    private void finish(Visit visit, AsyncResult<Answer> done) {
        visit.end();
        if (done.succeeded() && done.result().body() instanceof EventSource source) {
            stream(visit, source);
            return;
        }
        if (done.succeeded()) {
            answer(visit.context, done.result());
            return;
        }
        if (done.cause() instanceof DomainException refusal) {
            edge.security().refused(refusal, visit.origin());
        }
        refuse(visit.context, done.cause());
    }

    /** A request under way, with what it takes of the budgets. It gives up its place while its body arrives. */
    private final class Visit {
        private final RoutingContext context;
        private final InetAddress client;
        private final BodyBudget.Claim claim;
        private final Admission.Place place;
        private @Nullable UUID userId;

        Visit(RoutingContext context, InetAddress client) {
            this.context = context;
            this.client = client;
            this.claim = edge.bodyBudget().claim(client);
            this.place = admission.place(client);
        }

        SecurityLog.Origin origin() {
            String partnerId = access == Access.PARTNER ? context.pathParam("partner_id") : null;
            return new SecurityLog.Origin(
                    operationId,
                    client,
                    userId,
                    partnerId == null ? null : CanonicalUuid.of(partnerId),
                    RequestIds.of(context));
        }

        Future<Buffer> body() {
            return edge.bodies()
                    .read(context.vertx(), context.request(), claim, place::leave)
                    .map(this::paid);
        }

        /** Large bodies count as several requests of their client. */
        private Buffer paid(Buffer body) {
            place.enterAgain();
            if (addressLimit != null && body.length() >= BYTES_OF_A_REQUEST) {
                addressLimit.take(client, body.length() / BYTES_OF_A_REQUEST);
            }
            return body;
        }

        void end() {
            place.end();
            claim.release();
        }
    }

    private Future<Answer> process(Visit visit) {
        RoutingContext context = visit.context;
        HttpServerRequest request = context.request();
        if (addressLimit != null) {
            addressLimit.take(visit.client);
        }
        return switch (access) {
            case ANYONE -> readBody(visit).compose(body -> call(visit, new Caller.Anyone(), body));
            case USER, ADMIN -> {
                String token = bearerToken(request);
                yield edge.tokens().authenticate(token).compose(user -> {
                    visit.userId = user.id();
                    RequestLine.caller(context, user);
                    edge.limits().takeOfUser(user.id(), operationId);
                    Caller.User admitted = withRole(user);
                    return reads
                            ? edge.readsOfUsers().run(context.vertx(), user.id(), () -> call(visit, admitted, null))
                            : readBody(visit)
                                    .compose(body -> visit.place.hasLeft()
                                            ? edge.tokens()
                                                    .authenticate(token)
                                                    .compose(u -> call(visit, withRole(u), body))
                                            : call(visit, admitted, body));
                });
            }
            case PARTNER -> visit.body().compose(raw -> deliver(visit, raw));
        };
    }

    private Future<Answer> deliver(Visit visit, Buffer raw) {
        HttpServerRequest request = visit.context.request();
        String partnerId = visit.context.pathParam("partner_id");
        Future<Caller.Partner> sender = edge.signatures().authenticate(partnerId, request.headers(), raw);
        return sender.compose(partner -> {
                    RequestLine.caller(visit.context, partner);
                    visit.place.enterAs(partner.id());
                    edge.limits().partner().take(partner.id());
                    Buffer body = checked(request, raw);
                    return raw.length() < BYTES_OF_A_TURN
                            ? call(visit, partner, body)
                            : turns.next(partner.id()).compose(turn -> call(visit, partner, body));
                })
                .onComplete(end -> edge.signatures()
                        .ended(new Delivery(
                                partnerId,
                                sender.succeeded() ? sender.result().secretId() : null,
                                operationId,
                                RequestIds.of(visit.context),
                                request.getHeader("webhook-id"),
                                end.result(),
                                end.cause())));
    }

    /** Looks at the token again while the answer goes on. */
    private void stream(Visit visit, EventSource source) {
        HttpServerRequest request = visit.context.request();
        if (request.response().ended() || request.response().closed()) {
            source.abandon();
            return;
        }
        if (HttpMethod.HEAD.equals(request.method())) {
            source.abandon();
            answer(visit.context, new Answer(OK, null, Map.of("Content-Type", EventStream.MEDIA_TYPE)));
            return;
        }
        edge.bodies().discard(visit.context.vertx(), request);
        EventStream stream = EventStream.begin(
                visit.context.vertx(),
                request,
                source,
                () -> edge.tokens().authenticateAgain(bearerToken(request)).map(this::withRole),
                edge.closing());
        visit.context.addEndHandler(ended -> stream.finish());
    }

    private static String bearerToken(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new DomainException(ErrorCode.INVALID_TOKEN, "This operation needs an access token as bearer.");
        }
        return header.substring(BEARER.length()).strip();
    }

    private Caller.User withRole(Caller.User user) {
        if (access == Access.ADMIN && !user.admin()) {
            throw new DomainException(
                    ErrorCode.FORBIDDEN,
                    "This operation is for admins.",
                    DomainException.details("required_role", "admin", "current_role", "user"));
        }
        return user;
    }

    private Future<@Nullable Buffer> readBody(Visit visit) {
        if (bodyRule == Body.NONE) {
            return Future.succeededFuture(null);
        }
        return visit.body().map(raw -> checked(visit.context.request(), raw));
    }

    private @Nullable Buffer checked(HttpServerRequest request, Buffer raw) {
        if (raw.length() > 0) {
            MediaTypes.requireJson(request.getHeader(HttpHeaders.CONTENT_TYPE));
            MediaTypes.requirePlain(request.headers().getAll(HttpHeaders.CONTENT_ENCODING));
            return raw;
        }
        if (bodyRule == Body.REQUIRED) {
            throw DomainException.validation("body", "is required");
        }
        return null;
    }

    private Future<Answer> call(Visit visit, Caller caller, @Nullable Buffer body) {
        RoutingContext context = visit.context;
        if (context.response().closed()) {
            // Its body, caller or turn took longer than the client waits.
            return Future.failedFuture(DomainException.overloaded());
        }
        Call call = new Call(
                RequestIds.of(context),
                visit.client,
                caller,
                context.pathParams(),
                QueryParameters.of(context.request()),
                context.request().headers(),
                body);
        return endpoint.handle(call).recover(failure -> Future.failedFuture(call.asSent(failure)));
    }

    private void refuse(RoutingContext context, Throwable failure) {
        edge.closing().afterIfEvery(context.vertx(), context.request());
        edge.bodies().discard(context.vertx(), context.request());
        if (bearerFailed(failure)) {
            context.response().putHeader("WWW-Authenticate", "Bearer");
        }
        edge.failures().send(context, failure);
    }

    private void answer(RoutingContext context, Answer answer) {
        edge.closing().afterIfEvery(context.vertx(), context.request());
        edge.bodies().discard(context.vertx(), context.request());
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (answer.body() instanceof Buffer raw) {
            Answer.end(context.request(), raw);
        } else if (answer.body() != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.JSON);
            Answer.end(context.request(), Wire.encode(answer.body()));
        } else {
            response.end();
        }
    }

    private boolean bearerFailed(Throwable failure) {
        boolean bearer = access == Access.USER || access == Access.ADMIN;
        return bearer
                && failure instanceof DomainException refusal
                && refusal.code().status() == ErrorCode.INVALID_TOKEN.status();
    }
}
