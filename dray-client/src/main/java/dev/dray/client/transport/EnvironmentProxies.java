package dev.dray.client.transport;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/// `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, upper or lower case, with the semantics of curl and docker; loopback
/// never goes through a proxy.
final class EnvironmentProxies extends DefaultRoutePlanner {
    private final Map<String, String> environment;

    EnvironmentProxies(Map<String, String> environment) {
        super(DefaultSchemePortResolver.INSTANCE);
        this.environment = environment;
    }

    @Override
    protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
        return proxyFor(target.getSchemeName(), target.getHostName()).orElse(null);
    }

    Optional<HttpHost> proxyFor(String scheme, String host) {
        if (Loopback.isLoopback(host) || isExcluded(host)) {
            return Optional.empty();
        }
        return variable(scheme.equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY").map(EnvironmentProxies::parse);
    }

    private boolean isExcluded(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        for (String entry :
                variable("NO_PROXY").orElse("").toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            int colon = entry.indexOf(':');
            String domain = colon > 0 ? entry.substring(0, colon) : entry;
            String bare = domain.startsWith("*.")
                    ? domain.substring(2)
                    : domain.startsWith(".") ? domain.substring(1) : domain;
            if (domain.equals("*") || (!bare.isEmpty() && (name.equals(bare) || name.endsWith("." + bare)))) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT))))
                .filter(value -> !value.isBlank());
    }

    private static HttpHost parse(String text) {
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            return new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
        } catch (RuntimeException e) {
            throw new dev.dray.model.DrayException(
                    dev.dray.model.DrayException.Kind.INVALID,
                    "the proxy in the environment is not an address like http://proxy:3128",
                    e);
        }
    }
}
