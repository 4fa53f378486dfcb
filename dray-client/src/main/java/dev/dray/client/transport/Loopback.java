package dev.dray.client.transport;

import java.util.regex.Pattern;

/// Recognises loopback hosts by name alone: nothing is resolved, so no name server can influence it.
public final class Loopback {
    private static final Pattern IPV4 = Pattern.compile("127(?:\\.[0-9]{1,3}){3}");

    private Loopback() {}

    /// @param host with or without a port
    public static boolean isLoopback(String host) {
        String name = name(host);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.equals("::1")
                || IPV4.matcher(name).matches();
    }

    /// The host without its port.
    public static String name(String host) {
        int colon = host.lastIndexOf(':');
        int bracket = host.lastIndexOf(']');
        boolean port = bracket > 0 ? colon > bracket : colon > 0 && host.indexOf(':') == colon;
        return port ? host.substring(0, colon) : host;
    }
}
