package dev.dray.http;

import java.util.ArrayList;
import java.util.List;

/// The path of a request: as sent, and split at its slashes into decoded segments.
///
/// Splitting precedes decoding, so `/a%2Fb/c` has the two segments `a/b` and `c`. Empty segments are kept: `/v2/` has
/// the segments `v2` and the empty one. Dot segments are not resolved; no handler of Dray maps paths to files.
///
/// @param raw the path as sent, beginning with a slash, or `*` alone
/// @param segments the decoded segments; empty for `*`
public record RequestPath(String raw, List<String> segments) {

    public RequestPath {
        segments = List.copyOf(segments);
    }

    /// Parses the path of a request line (RFC 3986, section 3.3).
    ///
    /// @throws IllegalArgumentException when it does not begin with a slash, an escape is broken, or the decoded
    ///     bytes are not UTF-8 or contain a NUL
    public static RequestPath parse(String raw) {
        if (raw.equals("*")) {
            return new RequestPath(raw, List.of());
        }
        if (!raw.startsWith("/")) {
            throw new IllegalArgumentException("the path does not begin with a slash");
        }
        List<String> segments = new ArrayList<>();
        int start = 1;
        for (int slash = raw.indexOf('/', start); slash >= 0; slash = raw.indexOf('/', start)) {
            segments.add(Percent.decode(raw.substring(start, slash)));
            start = slash + 1;
        }
        segments.add(Percent.decode(raw.substring(start)));
        return new RequestPath(raw, segments);
    }

    @Override
    public String toString() {
        return raw;
    }
}
