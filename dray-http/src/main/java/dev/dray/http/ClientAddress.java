package dev.dray.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whom the share of a budget belongs to: an IPv4 address, the /64 network of an IPv6 address (whoever has one of its
/// addresses has all of them), or everybody behind a unix socket.
///
/// @param text as logs show it
public record ClientAddress(String text) {
    private static final int NETWORK_BYTES = 8;
    private static final ClientAddress UNIX = new ClientAddress("unix");

    public ClientAddress {
        Objects.requireNonNull(text);
    }

    public static ClientAddress of(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress internet) || internet.getAddress() == null) {
            return UNIX;
        }
        return of(internet.getAddress());
    }

    private static ClientAddress of(InetAddress host) {
        if (!(host instanceof Inet6Address)) {
            return new ClientAddress(host.getHostAddress());
        }
        byte[] network = Arrays.copyOf(host.getAddress(), NETWORK_BYTES);
        return new ClientAddress(HexFormat.of().formatHex(network) + "/64");
    }

    @Override
    public String toString() {
        return text;
    }
}
