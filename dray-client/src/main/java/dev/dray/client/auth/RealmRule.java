package dev.dray.client.auth;

import dev.dray.client.transport.Loopback;
import dev.dray.model.DrayException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.psl.PublicSuffixMatcher;
import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/// Decides which token servers the client follows, and which of them receive the user's credentials.
///
/// A compromised registry, or one named by a stranger's manifest, must not be able to direct the password to a host of
/// its choice (CVE-2020-15157 of containerd, CVE-2026-33540 of distribution). So:
///
/// 1. A realm is an `https` address without user information. Plain `http` is followed only when the connection to the
/// registry itself is plain HTTP, and a loopback address only when the registry is loopback too.
/// 2. Credentials go to it when its host is the registry's, on any port; or both lie under one registrable domain of
/// the public suffix list (`registry.gitlab.com` and `gitlab.com`, `registry-1.docker.io` and `auth.docker.io`); or the
/// user has listed it as trusted.
/// 3. To any other realm only anonymous requests go. When the user has credentials, the call fails and says how to
/// trust the realm, rather than continue without them.
final class RealmRule {
    private static final PublicSuffixMatcher SUFFIXES = PublicSuffixMatcherLoader.getDefault();

    private final Set<String> trusted;

    /// @param trusted hosts of token servers that the user trusts with every credential
    RealmRule(Set<String> trusted) {
        this.trusted = trusted;
    }

    /// Parses a realm, and rejects an address that violates rule 1.
    static URI check(String realm, URI registry) {
        URI uri;
        try {
            uri = new URI(realm);
        } catch (URISyntaxException e) {
            throw refuse(registry, "is not an address");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw refuse(registry, "is not an address with a plain host");
        }
        if (!scheme.equals("https")
                && !(scheme.equals("http") && registry.getScheme().equals("http"))) {
            throw refuse(registry, "is not https");
        }
        if (Loopback.isLoopback(uri.getHost()) && !Loopback.isLoopback(registry.getHost())) {
            throw refuse(registry, "is on this machine");
        }
        return uri;
    }

    /// Rule 2.
    boolean maySeeCredentials(URI realm, URI registry) {
        String one = realm.getHost().toLowerCase(Locale.ROOT);
        String other = registry.getHost().toLowerCase(Locale.ROOT);
        if (one.equals(other) || trusted.contains(one) || trusted.contains(realm.getAuthority())) {
            return true;
        }
        return isName(one) && isName(other) && sameDomain(one, other);
    }

    private static boolean sameDomain(String one, String other) {
        String root = SUFFIXES.getDomainRoot(one);
        return root != null && root.indexOf('.') > 0 && root.equals(SUFFIXES.getDomainRoot(other));
    }

    /// A host name, as opposed to an IP address.
    private static boolean isName(String host) {
        return !host.startsWith("[") && !host.matches("[0-9.]+");
    }

    private static DrayException refuse(URI registry, String why) {
        return new DrayException(
                DrayException.Kind.DENIED,
                "%s names a token server whose address %s".formatted(registry.getAuthority(), why));
    }
}
