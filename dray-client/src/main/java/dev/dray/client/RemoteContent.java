package dev.dray.client;

import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.HttpRequest;
import dev.dray.client.transport.Refusals;
import dev.dray.client.transport.Unreachable;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A blob in a registry or its mirrors: downloaded on open, by range from an offset, and resumed when the connection
/// breaks.
final class RemoteContent implements MirroredContent {
    private static final int BREAKS_IN_A_ROW = 5;

    private final Mirrors mirrors;
    private final RegistryHost.Call call;
    private final String path;
    private final Descriptor blob;
    private volatile boolean alternative;

    /// @param path of the blob under `/v2/`
    RemoteContent(Mirrors mirrors, RegistryHost.Call call, String path, Descriptor blob) {
        this.mirrors = mirrors;
        this.call = call;
        this.path = path;
        this.blob = blob;
    }

    @Override
    public Digest digest() {
        return blob.digest();
    }

    @Override
    public long size() {
        return blob.size();
    }

    @Override
    public boolean hasAlternative() {
        return alternative;
    }

    @Override
    public InputStream open(long offset) throws IOException {
        if (offset < 0 || offset > blob.size()) {
            throw new IllegalArgumentException("offset %d of %d".formatted(offset, blob.size()));
        }
        alternative = false;
        String attempted = call.attempted() + " from " + mirrors.first().name();
        Download download = new Download();
        InputStream bytes = new ResumingStream(download::fetch, offset, blob.size(), BREAKS_IN_A_ROW, attempted);
        return offset == 0 ? new VerifyingStream(bytes, blob, download::untrusted) : bytes;
    }

    /// One download of the content, from one host or, after failures, from several.
    private final class Download {
        private final Set<RegistryHost> sources = new LinkedHashSet<>();
        private @Nullable RegistryHost last;
        private long begun = -1;

        /// Moves on from a mirror that broke off before the first byte.
        InputStream fetch(long offset) throws IOException {
            RegistryHost before = last;
            if (before != null && offset == begun) {
                mirrors.drop(before);
            }
            begun = offset;
            return mirrors.ask(host -> {
                InputStream bytes = RemoteContent.this.fetch(host, offset);
                last = host;
                sources.add(host);
                return bytes;
            });
        }

        /// The hosts that sent wrong bytes; the mirrors among them are not used again.
        String untrusted() {
            sources.forEach(mirrors::drop);
            alternative = sources.stream().anyMatch(source -> !source.equals(mirrors.registry()));
            return sources.stream().map(RegistryHost::name).collect(Collectors.joining(" and "));
        }
    }

    private InputStream fetch(RegistryHost host, long offset) throws IOException {
        HttpRequest request = HttpRequest.of("GET", host.address(path), call.meter());
        if (offset > 0) {
            request = request.with("Range", "bytes=" + offset + "-");
        }
        HttpReply reply;
        try {
            reply = host.send(request, call);
        } catch (IOException e) {
            throw Unreachable.of(e, host.name(), call.attempted());
        }
        if (reply.status() != 200 && !(reply.status() == 206 && offset > 0)) {
            throw Refusals.of(reply, call.attempted());
        }
        try {
            InputStream body = new Closing(reply);
            if (reply.status() == 206) {
                requireRange(host, reply, offset);
            } else {
                requireLength(host, reply);
                body.skipNBytes(offset);
            }
            return body;
        } catch (IOException | DrayException e) {
            reply.close();
            throw e;
        }
    }

    private void requireRange(RegistryHost host, HttpReply reply, long offset) {
        String range = reply.header("Content-Range").orElse("");
        if (!range.startsWith("bytes " + offset + "-")) {
            throw corrupt(host, "came with another range than requested");
        }
    }

    private void requireLength(RegistryHost host, HttpReply reply) {
        reply.length().filter(length -> length != blob.size()).ifPresent(length -> {
            throw corrupt(host, "has %d bytes instead of %d".formatted(length, blob.size()));
        });
    }

    private DrayException corrupt(RegistryHost host, String how) {
        return new DrayException(
                DrayException.Kind.CORRUPT, "blob %s from %s %s".formatted(blob.digest(), host.name(), how));
    }

    /// The body of a reply; closing it closes the reply.
    private static final class Closing extends FilterInputStream {
        private final HttpReply reply;

        Closing(HttpReply reply) {
            super(reply.body());
            this.reply = reply;
        }

        @Override
        public void close() throws IOException {
            reply.close();
        }
    }
}
