package dev.dray.http.netty.socket;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// The file of a unix socket, which outlives a killed server.
public final class UnixSocketFile {

    private UnixSocketFile() {}

    /// Removes a stale socket at `path`.
    ///
    /// @throws BindException when a server listens on it, or the file is not a socket
    public static void prepare(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new BindException("cannot listen on unix:" + path + ": a file that is not a socket is there");
        }
        try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            throw new BindException("cannot listen on unix:" + path + ": another process listens there ("
                    + probe.getRemoteAddress() + ")");
        } catch (ConnectException _) {
            Files.delete(path);
        }
    }
}
