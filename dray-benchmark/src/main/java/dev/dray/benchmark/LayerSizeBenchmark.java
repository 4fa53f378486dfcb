package dev.dray.benchmark;

import dev.dray.benchmark.stage.Figures;
import dev.dray.benchmark.stage.RunningServer;
import dev.dray.client.ClientOptions;
import dev.dray.client.RegistryClient;
import dev.dray.client.RemoteRepository;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import dev.dray.model.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/// One layer of 64 MiB, 512 MiB and 4 GiB through Dray's client into Dray's registry and back, in one warm process: the
/// rates must be alike, since time must grow at most in proportion to the size.
final class LayerSizeBenchmark {
    private static final long[] SIZES = {64L << 20, 512L << 20, 4L << 30};

    private final Path payload;
    private final Figures figures;

    /// @param payload a file of at least 4 GiB of random bytes
    LayerSizeBenchmark(Path payload, Figures figures) {
        this.payload = payload;
        this.figures = figures;
    }

    void run(RunningServer server, int round) throws Exception {
        try (RegistryClient client = RegistryClient.open(ClientOptions.defaults())) {
            RemoteRepository repository =
                    client.repository("127.0.0.1:" + server.port(), RepositoryName.parse("bench/sizes-" + round));
            for (long size : SIZES) {
                String what = "layer of %d MiB".formatted(size >> 20);
                Layer layer = Layer.of(payload, size);
                Descriptor descriptor = Descriptor.of(MediaType.OCI_LAYER_GZIP, layer.digest(), size);
                long start = System.nanoTime();
                repository.putBlob(descriptor, layer);
                figures.add(what + " pushed, MB/s", "dray", rate(size, start));
                start = System.nanoTime();
                drain(repository.blob(descriptor));
                figures.add(what + " pulled, MB/s", "dray", rate(size, start));
            }
        }
    }

    private static double rate(long bytes, long startNanos) {
        return bytes / 1e6 / ((System.nanoTime() - startNanos) / 1e9);
    }

    private static void drain(Content content) throws IOException {
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = content.open(0)) {
            while (in.read(buffer) >= 0) {
                // the stream checks size and digest at its end
            }
        }
    }

    /// The first bytes of the payload.
    private record Layer(Path path, Digest digest, long size) implements Content {
        static Layer of(Path path, long size) throws Exception {
            try (FileChannel channel = FileChannel.open(path)) {
                return new Layer(path, Digest.parse(RegistryBenchmark.digest(channel, size)), size);
            }
        }

        @Override
        public InputStream open(long offset) throws IOException {
            FileChannel channel = FileChannel.open(path).position(offset);
            return new Bounded(Channels.newInputStream(channel), size - offset);
        }

        @Override
        public Optional<Path> file() {
            return Optional.empty();
        }
    }

    /// A stream that ends after a number of bytes.
    private static final class Bounded extends BulkInputStream {
        private final InputStream in;
        private long left;

        Bounded(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(buffer, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
