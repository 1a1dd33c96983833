package com.clicknback.platform.http;

import com.clicknback.platform.address.ClientAddress;
import com.clicknback.platform.contract.DescribedOperation;
import com.clicknback.platform.contract.PathForm;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.intake.Admission;
import com.clicknback.platform.intake.BodyReader;
import com.clicknback.platform.intake.Closing;
import com.clicknback.platform.intake.Connections;
import com.clicknback.platform.intake.Framing;
import com.clicknback.platform.intake.MediaTypes;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a proxy could read otherwise, and partners' requests before the router sees them, while no more are
 * admitted of their client: with the answer that the router would come to, at a fraction of its cost. In a flood most
 * requests are refused, and what that takes is missing for the others.
 */
final class FrontDoor implements Handler<HttpServerRequest> {
    private static final DomainException REFUSAL = DomainException.overloaded();
    private static final Buffer ENVELOPE = Failures.envelope(REFUSAL);

    private final Vertx vertx;
    private final Router router;
    private final Admission admission;
    private final ClientAddress clientAddress;
    private final BodyReader bodies;
    private final Closing closing;
    private final Connections connections;
    private final List<PathForm> partners;

    FrontDoor(Vertx vertx, Router router, Edge edge, Connections connections, List<DescribedOperation> operations) {
        this.vertx = vertx;
        this.connections = connections;
        this.closing = edge.closing();
        this.router = router;
        this.admission = edge.admission();
        this.clientAddress = edge.clientAddress();
        this.bodies = edge.bodies();
        this.partners = operations.stream()
                .filter(operation -> Access.of(operation) == Access.PARTNER)
                .map(PathForm::of)
                .toList();
    }

    @Override
    public void handle(HttpServerRequest request) {
        connections.serving(request);
        if (closing.includes(request)) {
            return;
        }
        if (Framing.isAmbiguous(request)) {
            request.endHandler(end -> request.connection().close());
            closing.after(vertx, request);
            ApiRouter.refuseMalformed(request);
            return;
        }
        closing.afterIfEvery(vertx, request);
        boolean full = admission.isCrowded() && admission.isFullFor(clientAddress.of(request));
        PathForm form = full ? formOf(request) : null;
        if (form == null) {
            router.handle(request);
        } else {
            // Route name used as the metric label
            refuse(request.routed(form.operationId()), form.operationId());
        }
    }

    /** Null for non-partner requests, including browsers, which need CORS headers. */
    private @Nullable PathForm formOf(HttpServerRequest request) {
        if (request.headers().contains(HttpHeaders.ORIGIN)) {
            return null;
        }
        for (PathForm form : partners) {
            if (form.parameterOf(request.method(), request.path()) != null) {
                return form;
            }
        }
        return null;
    }

    private void refuse(HttpServerRequest request, String operationId) {
        bodies.discardComing(vertx, request);
        HttpServerResponse response =
                request.response().setStatusCode(REFUSAL.code().status());
        String requestId = RequestIds.of(request);
        ApiRouter.identify(response, requestId);
        RequestLine.refused(request.method(), operationId, response.getStatusCode(), requestId);
        Failures.retryAfter(REFUSAL, response);
        response.putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.JSON).end(ENVELOPE);
    }
}
