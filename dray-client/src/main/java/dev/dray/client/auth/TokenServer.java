package dev.dray.client.auth;

import dev.dray.client.credentials.Credentials;
import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.HttpRequest;
import dev.dray.client.transport.Refusals;
import dev.dray.client.transport.RegistryException;
import dev.dray.client.transport.RequestBody;
import dev.dray.client.transport.TrafficMeter;
import dev.dray.client.transport.Transport;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The token server of a registry (distribution's token specification, and its OAuth 2 form).
///
/// @param realm checked by [RealmRule]
/// @param service the registry's name there
record TokenServer(URI realm, Optional<String> service) {
    private static final String CLIENT = "dray";

    /// One token for all `scopes`. The server may grant less, which only a later request reveals.
    ///
    /// @param keep requests an identity token too, as a login does
    Token fetch(
            Transport transport,
            TrafficMeter meter,
            Optional<Credentials> credentials,
            Collection<Scope> scopes,
            boolean keep)
            throws IOException {
        if (credentials.isPresent() && credentials.get() instanceof Credentials.IdentityToken(String token)) {
            return exchange(transport, meter, token, scopes);
        }
        List<String> query = new ArrayList<>();
        service.ifPresent(name -> query.add("service=" + encode(name)));
        scopes.forEach(scope -> query.add("scope=" + encode(scope.toString())));
        HttpRequest request = HttpRequest.of("GET", realm, meter).forToken();
        if (credentials.isPresent()
                && credentials.get() instanceof Credentials.Password(String user, String password)) {
            query.add("account=" + encode(user));
            query.add("client_id=" + CLIENT);
            if (keep) {
                query.add("offline_token=true");
            }
            request = request.with("Authorization", basic(user, password));
        }
        String text = realm.toString();
        String separator = realm.getRawQuery() == null ? "?" : "&";
        return read(transport, request.to(URI.create(text + separator + String.join("&", query))), credentials);
    }

    private Token exchange(Transport transport, TrafficMeter meter, String token, Collection<Scope> scopes)
            throws IOException {
        List<String> form = new ArrayList<>(
                List.of("grant_type=refresh_token", "client_id=" + CLIENT, "refresh_token=" + encode(token)));
        service.ifPresent(name -> form.add("service=" + encode(name)));
        if (!scopes.isEmpty()) {
            form.add("scope="
                    + encode(String.join(
                            " ", scopes.stream().map(Scope::toString).toList())));
        }
        HttpRequest request = HttpRequest.of("POST", realm, meter)
                .forToken()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .sending(RequestBody.of(RawBytes.utf8(String.join("&", form))));
        return read(transport, request, Optional.of(new Credentials.IdentityToken(token)));
    }

    private Token read(Transport transport, HttpRequest request, Optional<Credentials> credentials) throws IOException {
        HttpReply reply = transport.execute(request);
        if (reply.status() != 200) {
            RegistryException refused = Refusals.of(reply, "get a token");
            throw refused.status() == 401 && credentials.isPresent()
                    ? refused.ofCredentials(realm.getHost(), "log in again with dray login")
                    : refused;
        }
        try (reply) {
            return Token.parse(reply.read(Token.LARGEST));
        }
    }

    /// The value of an `Authorization` header (RFC 7617).
    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("%3A", ":")
                .replace("%2F", "/")
                .replace("%2C", ",");
    }
}
