package dev.dray.cli.command;

import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import java.util.Optional;

/// A mirror as users write it: `host:5001`, `https://host`, `http://host:5001`.
///
/// @param host with its port
/// @param plainHttp whether to reach it without TLS
public record MirrorOption(String host, boolean plainHttp) {
    private static final String PLAIN = "http://";
    private static final String TLS = "https://";

    /// @throws DrayException of kind INVALID when there is more than scheme, host and port
    public static MirrorOption parse(String text) {
        boolean plain = text.startsWith(PLAIN);
        String rest =
                plain ? text.substring(PLAIN.length()) : text.startsWith(TLS) ? text.substring(TLS.length()) : text;
        String host = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        try {
            Reference named = new Reference(host, RepositoryName.parse("any"), Optional.empty(), Optional.empty());
            return new MirrorOption(named.host(), plain);
        } catch (DrayException e) {
            throw new DrayException(DrayException.Kind.INVALID, "invalid mirror \"%s\"".formatted(text), e)
                    .advising("write HOST:PORT, or http://HOST:PORT where it does not speak TLS");
        }
    }
}
