package dev.dray.registry.api;

import dev.dray.http.BodyTruncated;
import dev.dray.http.ErrorListener;
import dev.dray.http.Handler;
import dev.dray.http.Request;
import dev.dray.http.Response;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.model.Quote;
import dev.dray.registry.ErrorTopic;
import dev.dray.registry.Mirror;
import dev.dray.registry.Registry;
import dev.dray.registry.RegistryEvent;
import dev.dray.registry.RegistryException;
import dev.dray.registry.RegistryListener;
import dev.dray.registry.access.Admission;
import dev.dray.registry.access.Caller;
import dev.dray.registry.access.Credentials;
import dev.dray.store.filesystem.FileOperations.OutOfSpaceException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// The OCI distribution API as an HTTP handler: authenticates the caller, routes the request, and maps failures to
/// error replies.
///
/// Every reply carries `Dray-Version`, from which a Dray client knows the capabilities of this registry.
public final class RegistryApi implements Handler {
    private static final String VERSION = "1";
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");

    private final Admission admission;
    private final RegistryListener listener;
    private final ErrorListener errors;
    private final String challenge;
    private final Endpoints endpoints;

    /// @param registry uses the access rules of `admission`
    /// @param realm shown by clients to users when they ask for credentials
    /// @param errors receives unexpected failures
    public RegistryApi(
            Registry registry, Admission admission, String realm, RegistryListener listener, ErrorListener errors) {
        this(new RegistryEndpoints(registry), admission, realm, listener, errors);
    }

    /// The same for a read-only mirror.
    public RegistryApi(
            Mirror mirror, Admission admission, String realm, RegistryListener listener, ErrorListener errors) {
        this(new MirrorEndpoints(mirror, errors), admission, realm, listener, errors);
    }

    private RegistryApi(
            Endpoints endpoints, Admission admission, String realm, RegistryListener listener, ErrorListener errors) {
        this.endpoints = endpoints;
        this.admission = admission;
        this.listener = listener;
        this.errors = errors;
        this.challenge =
                "Basic realm=\"%s\"".formatted(realm.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    @Override
    public Response handle(Request request) throws BodyTruncated {
        return finish(answer(request), request);
    }

    private Response answer(Request request) throws BodyTruncated {
        Caller caller;
        try {
            caller = admission.identify(
                    request.head().headers().first("Authorization"),
                    request.peer().client());
        } catch (DrayException e) {
            noteTried(request);
            return OciErrors.reply(e.kind() == Kind.UNAVAILABLE ? RegistryException.of(ErrorTopic.LOGIN, e) : e);
        }
        request.notes().put("user", caller.toString());
        Optional<Route> route = Optional.empty();
        try {
            route = Optional.of(Route.parse(request.head().path(), endpoints::name));
            return dispatch(route.get(), new Call(request, caller));
        } catch (DrayException e) {
            route.ifPresent(known -> report(e, known, caller));
            return OciErrors.reply(e);
        } catch (BodyTruncated e) {
            throw e;
        } catch (OutOfSpaceException e) {
            return OciErrors.reply(new DrayException(DrayException.Kind.OUT_OF_SPACE, "the disk is full", e));
        } catch (IOException | RuntimeException e) {
            errors.failed(request.head().method() + " " + request.head().path(), e);
            return OciErrors.unforeseen();
        }
    }

    /// Who said they were somebody, and were not believed, is known to the log by that name.
    private static void noteTried(Request request) {
        try {
            Credentials credentials = Credentials.parse(
                    request.head().headers().first("Authorization").orElse(""));
            request.notes().put("tried", Quote.shorten(credentials.user()));
        } catch (DrayException malformed) {
            request.notes().put("tried", "");
        }
    }

    private Response dispatch(Route route, Call call) throws IOException {
        return switch (route) {
            case Route.Base _ -> call.ifReading(() -> base(call));
            case Route.Extensions _ ->
                call.ifReading(() -> {
                    requireAdmitted(call);
                    return endpoints.extensions();
                });
            case Route.Inner inner -> endpoints.answer(inner, call);
        };
    }

    /// Clients learn here whether to send credentials. Where rules open something to anyone, the challenge comes
    /// with a 200: podman and skopeo then send the credentials they have, and continue if they have none.
    private Response base(Call call) {
        boolean anonymous = requireAdmitted(call);
        Response response = Response.text(200, "application/json", "{}");
        return anonymous && admission.knowsUsers() ? response.with("WWW-Authenticate", challenge) : response;
    }

    /// @return whether the caller is anonymous
    private boolean requireAdmitted(Call call) {
        boolean anonymous = call.caller() instanceof Caller.Anonymous;
        if (anonymous && !admission.access().admitsAnonymous()) {
            throw new DrayException(DrayException.Kind.UNAUTHENTICATED, "authentication required");
        }
        return anonymous;
    }

    private void report(DrayException failure, Route route, Caller caller) {
        boolean denied =
                failure.kind() == DrayException.Kind.DENIED || failure.kind() == DrayException.Kind.UNAUTHENTICATED;
        if (denied && route instanceof Route.InRepository inside) {
            listener.happened(new RegistryEvent.Denied(caller, inside.repository()));
        }
    }

    private Response finish(Response response, Request request) {
        Response finished =
                response.with("Dray-Version", VERSION).with("Docker-Distribution-Api-Version", "registry/2.0");
        if (response.status() == 401) {
            finished = finished.with("WWW-Authenticate", challenge);
        }
        Optional<String> namespace = request.head().query().first("ns");
        return namespace.filter(ns -> NAMESPACE.matcher(ns).matches()).isPresent()
                ? finished.with("OCI-Namespace", namespace.get())
                : finished;
    }
}
