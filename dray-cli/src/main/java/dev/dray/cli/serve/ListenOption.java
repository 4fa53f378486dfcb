package dev.dray.cli.serve;

import dev.dray.http.ListenAddress;
import dev.dray.model.DrayException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses an address to listen on: `127.0.0.1:5000`, `[::1]:5000`, `:5000` for every address, `unix:/run/dray.sock`.
final class ListenOption {
    private static final Pattern TCP = Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)\\]|([A-Za-z0-9.-]*)):([0-9]{1,5})");

    private ListenOption() {}

    static ListenAddress parse(String text) {
        if (text.startsWith("unix:") && text.length() > "unix:".length()) {
            return new ListenAddress.Unix(Path.of(text.substring("unix:".length())));
        }
        Matcher tcp = TCP.matcher(text);
        if (!tcp.matches() || Integer.parseInt(tcp.group(3)) > 65_535) {
            throw new DrayException(DrayException.Kind.INVALID, "invalid address \"%s\" to listen on".formatted(text))
                    .advising("write HOST:PORT, as in 127.0.0.1:5000, or unix:PATH");
        }
        String host = tcp.group(1) != null ? tcp.group(1) : tcp.group(2);
        return new ListenAddress.Tcp(host, Integer.parseInt(tcp.group(3)));
    }

    /// True when only this host, or users who can open the socket file, can reach the address.
    static boolean isLocal(ListenAddress address) {
        return switch (address) {
            case ListenAddress.Unix _ -> true;
            case ListenAddress.Tcp(String host, int _) -> !host.isEmpty() && isLoopback(host);
        };
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
