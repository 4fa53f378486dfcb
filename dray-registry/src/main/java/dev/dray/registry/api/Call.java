package dev.dray.registry.api;

import dev.dray.http.ClientAddress;
import dev.dray.http.Method;
import dev.dray.http.Query;
import dev.dray.http.Request;
import dev.dray.http.RequestBody;
import dev.dray.http.Response;
import dev.dray.registry.access.Caller;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A request and its caller.
record Call(Request request, Caller caller) {
    Method method() {
        return request.head().method();
    }

    Query query() {
        return request.head().query();
    }

    Optional<String> header(String name) {
        return request.head().headers().first(name);
    }

    /// Whose shares of budgets it uses.
    ClientAddress client() {
        return request.peer().client();
    }

    RequestBody body() {
        return request.body();
    }

    /// The value of `Link` for the next page: this request with these parameters instead.
    String next(String parameters) {
        String namespace = query().first("ns").map(ns -> "&ns=" + encoded(ns)).orElse("");
        return "<%s?%s%s>; rel=\"next\"".formatted(request.head().path(), parameters, namespace);
    }

    /// `text`, encoded as the value of a parameter.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/");
    }

    /// The reply of a read-only route.
    Response ifReading(Supplier<Response> reply) {
        return method() == Method.GET || method() == Method.HEAD ? reply.get() : onlyAllowed(Method.GET, Method.HEAD);
    }

    /// The reply to a method that this route does not support.
    static Response onlyAllowed(Method... methods) {
        return OciErrors.methodNotAllowed(
                Arrays.stream(methods).map(Method::name).collect(Collectors.joining(", ")));
    }
}
