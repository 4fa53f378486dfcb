package dev.dray.client.transport;

import dev.dray.model.DrayException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// The target of a reply's `Location`: checked, absolute, with its query unchanged (RFC 9110, section 10.2.2).
///
/// Rejects addresses that are not http or https, that contain user information, or that lead from TLS to plain HTTP.
///
/// @param sameOrigin scheme, host and port are those of the request; only then may credentials be sent there
public record Location(URI uri, boolean sameOrigin) {
    private static final int LONGEST = 16 << 10;

    /// @param base the address of the answered request
    /// @param text the header's value
    /// @throws DrayException of kind INVALID when the client must not follow it
    public static Location resolve(URI base, String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw refuse(base, "it is empty or longer than " + LONGEST + " characters");
        }
        URI target;
        try {
            target = base.resolve(new URI(text.strip()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw refuse(base, "it is not an address");
        }
        String scheme = target.getScheme() == null ? "" : target.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw refuse(base, "it is neither http nor https");
        }
        if (target.getHost() == null || target.getRawUserInfo() != null) {
            throw refuse(base, "it has no plain host");
        }
        if (scheme.equals("http") && "https".equalsIgnoreCase(base.getScheme())) {
            throw refuse(base, "it leads from TLS to plain HTTP");
        }
        return new Location(withoutFragment(target), sameOrigin(base, target));
    }

    /// The same address with one more query parameter.
    public URI with(String parameter, String value) {
        String text = uri.toString();
        return URI.create(text + (uri.getRawQuery() == null ? "?" : "&") + parameter + "=" + value);
    }

    /// An address of a host that is spoken to by another scheme now.
    public static URI moved(URI uri, URI home) {
        String text = uri.toString();
        return URI.create(home.getScheme() + text.substring(text.indexOf("://")));
    }

    static boolean sameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    private static URI withoutFragment(URI uri) {
        String text = uri.toString();
        int hash = text.indexOf('#');
        return hash < 0 ? uri : URI.create(text.substring(0, hash));
    }

    private static DrayException refuse(URI base, String why) {
        return new DrayException(
                DrayException.Kind.INVALID,
                "%s answered with a Location that is not followed: %s".formatted(base.getAuthority(), why));
    }
}
