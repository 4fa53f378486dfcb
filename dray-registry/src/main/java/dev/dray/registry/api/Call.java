package dev.dray.registry.api;

import dev.dray.http.Method;
import dev.dray.http.Query;
import dev.dray.http.Request;
import dev.dray.http.RequestBody;
import dev.dray.http.Response;
import dev.dray.registry.access.Caller;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A request, and who sent it.
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

    RequestBody body() {
        return request.body();
    }

    /// The reply of a route that can only be read.
    Response ifReading(Supplier<Response> reply) {
        return method() == Method.GET || method() == Method.HEAD ? reply.get() : onlyAllowed(Method.GET, Method.HEAD);
    }

    /// The reply to a method that this route does not have.
    static Response onlyAllowed(Method... methods) {
        return OciErrors.methodNotAllowed(
                Arrays.stream(methods).map(Method::name).collect(Collectors.joining(", ")));
    }
}
