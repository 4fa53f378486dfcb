package dev.dray.client;

import dev.dray.client.push.BlobFate;
import dev.dray.client.push.TransferListener;
import dev.dray.client.transport.HttpReply;
import dev.dray.client.transport.HttpRequest;
import dev.dray.client.transport.Refusals;
import dev.dray.client.transport.Unreachable;
import dev.dray.model.Content;
import dev.dray.model.Descriptor;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A blob in a registry or its mirrors: fetched when it is opened, by range from the middle, gone on with when the
/// connection breaks.
final class RemoteContent implements Content {
    private static final int BREAKS_IN_A_ROW = 5;

    private final Places places;
    private final RegistryHost.Call call;
    private final String path;
    private final Descriptor blob;
    private final TransferListener listener;
    private volatile RegistryHost last;

    /// @param path of the blob under `/v2/`
    RemoteContent(Places places, RegistryHost.Call call, String path, Descriptor blob, TransferListener listener) {
        this.places = places;
        this.call = call;
        this.path = path;
        this.blob = blob;
        this.listener = listener;
        this.last = places.first();
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
    public InputStream open(long offset) throws IOException {
        if (offset < 0 || offset > blob.size()) {
            throw new IllegalArgumentException("offset %d of %d".formatted(offset, blob.size()));
        }
        listener.begin(blob);
        String attempted = call.attempted() + " from " + last.name();
        InputStream bytes = new ResumingStream(this::fetchAnywhere, offset, blob.size(), BREAKS_IN_A_ROW, attempted);
        InputStream checked = offset == 0 ? new VerifyingStream(bytes, blob, this::untrusted) : bytes;
        return new ProgressStream(checked, blob, offset, listener) {
            @Override
            void complete() {
                listener.done(blob, new BlobFate.Downloaded());
            }
        };
    }

    private InputStream fetchAnywhere(long offset) throws IOException {
        return places.ask(host -> {
            InputStream bytes = fetch(host, offset);
            last = host;
            return bytes;
        });
    }

    /// The place that gave wrong bytes, which is asked no more: whoever opens the content again gets others.
    private String untrusted() {
        places.drop(last);
        return last.name();
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
            throw corrupt(host, "was answered with another range than asked for");
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

    /// The body of a reply that closes the reply with it.
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
