package com.clicknback.platform.contract;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Leads requests to operations with one path parameter, where routes would be tried one by one, as regular expressions.
 * Leaves paths of any other form to the routes, and those with something to decode.
 */
public final class PlainPaths implements Handler<RoutingContext> {
    private final List<Way> ways = new ArrayList<>();

    private record Way(PathForm form, Handler<RoutingContext> end) {}

    public void lead(DescribedOperation operation, Handler<RoutingContext> end) {
        ways.add(new Way(PathForm.of(operation), end));
    }

    @Override
    public void handle(RoutingContext context) {
        HttpServerRequest request = context.request();
        for (Way way : ways) {
            String parameter = way.form.parameterOf(request.method(), request.path());
            if (parameter != null && parameter.indexOf('%') < 0) {
                context.pathParams().put(way.form.parameter(), parameter);
                // Route name used as the metric label
                request.routed(way.form.operationId());
                way.end.handle(context);
                return;
            }
        }
        context.next();
    }
}
