package dev.dray.registry.api;

import dev.dray.http.BodyTruncated;
import dev.dray.http.ErrorListener;
import dev.dray.http.Handler;
import dev.dray.http.Request;
import dev.dray.http.Response;
import dev.dray.model.DrayException;
import dev.dray.registry.Mirror;
import dev.dray.registry.Registry;
import dev.dray.registry.RegistryEvent;
import dev.dray.registry.RegistryListener;
import dev.dray.registry.access.Admission;
import dev.dray.registry.access.Caller;
import dev.dray.store.filesystem.FileOperations.OutOfSpaceException;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/// The OCI distribution API as a handler of HTTP requests: who is it, what does he want, and the reply,
/// errors included.
///
/// Every reply carries `Dray-Version`, by which a client of Dray knows what it may expect of this registry.
public final class RegistryApi implements Handler {
    private static final String VERSION = "1";
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9.:\\[\\]-]{1,255}");

    private final Admission admission;
    private final RegistryListener listener;
    private final ErrorListener errors;
    private final String challenge;
    private final Endpoints desk;

    /// @param registry whose rights are those of `admission`
    /// @param realm what the callers are asked to have credentials for, as clients show it to people
    /// @param errors is told of failures that nobody foresaw
    public RegistryApi(
            Registry registry, Admission admission, String realm, RegistryListener listener, ErrorListener errors) {
        this(new RegistryEndpoints(registry), admission, realm, listener, errors);
    }

    /// The same for a mirror, which cannot be written to.
    public RegistryApi(
            Mirror mirror, Admission admission, String realm, RegistryListener listener, ErrorListener errors) {
        this(new MirrorEndpoints(mirror, errors), admission, realm, listener, errors);
    }

    private RegistryApi(
            Endpoints desk, Admission admission, String realm, RegistryListener listener, ErrorListener errors) {
        this.desk = desk;
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
            caller = admission.identify(request.head().headers().first("Authorization"));
        } catch (DrayException e) {
            return OciErrors.reply(e);
        }
        request.notes().put("user", caller.toString());
        Optional<Route> route = Optional.empty();
        try {
            route = Optional.of(Route.parse(request.head().path(), desk::name));
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

    private Response dispatch(Route route, Call call) throws IOException {
        return switch (route) {
            case Route.Base _ -> call.ifReading(() -> base(call));
            case Route.Extensions _ ->
                call.ifReading(() -> {
                    requireAdmitted(call);
                    return desk.extensions();
                });
            case Route.Inner inner -> desk.answer(inner, call);
        };
    }

    /// Where clients learn whether to send credentials. Where some things are open to anyone, the
    /// header of the challenge comes with a 200: podman and skopeo then send what they have, and go on
    /// where they have nothing.
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
