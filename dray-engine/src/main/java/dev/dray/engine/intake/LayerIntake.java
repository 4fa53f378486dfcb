package dev.dray.engine.intake;

import dev.dray.layer.Compression;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.gzip.GzipBlockWriter;
import dev.dray.layer.gzip.GzipLayout;
import dev.dray.layer.gzip.GzipListener;
import dev.dray.layer.gzip.GzipMember;
import dev.dray.layer.gzip.GzipReader;
import dev.dray.layer.tar.ContentSink;
import dev.dray.layer.tar.TarSplitter;
import dev.dray.layer.tar.recipe.TarBlock;
import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.MediaType;
import dev.dray.model.io.BulkOutputStream;
import dev.dray.model.io.TeeInputStream;
import dev.dray.store.Store;
import dev.dray.store.blob.FinishedBlob;
import dev.dray.store.blob.StagedBlob;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Takes a tar in as a layer: a plain one is compressed with Dray's own profile, gzip is stored as it came.
///
/// The tar is read once: staged, checked and hashed in the same pass. Thread safe.
final class LayerIntake {
    private static final int BUFFER = 1 << 18;

    private final Store store;

    LayerIntake(Store store) {
        this.store = store;
    }

    /// A layer that was taken in: its bytes are in the store, and linked nowhere yet.
    ///
    /// @param staged to be published; the caller closes it
    /// @param diffId digest of its tar
    record Layer(StagedBlob staged, FinishedBlob blob, Digest diffId) implements AutoCloseable {
        Descriptor descriptor() {
            return Descriptor.of(MediaType.OCI_LAYER_GZIP, blob.digest(), blob.size());
        }

        @Override
        public void close() {
            staged.close();
        }
    }

    /// @throws DrayException of kind INVALID when it is not a tar, CORRUPT when its compression is broken
    Layer take(LayerInput input) throws IOException {
        return take(input, LayerIntake::requireTar);
    }

    /// Takes in a layer of an image: its digest counts, not whether it is much of a tar, for builders write empty
    /// ones.
    ///
    /// @throws DrayException of kind CORRUPT when it has another digest, or its compression is broken
    Layer take(LayerInput input, Digest diffId) throws IOException {
        return take(input, (tar, _) -> {
            if (!tar.diffId().equals(diffId)) {
                throw new DrayException(
                                DrayException.Kind.CORRUPT,
                                "a layer should be the tar %s and is %s".formatted(diffId, tar.diffId()))
                        .about(diffId);
            }
        });
    }

    /// Checks a tar that was read.
    @FunctionalInterface
    private interface Check {
        /// @param brokenOff whether it ended within an entry
        void require(TarSummary tar, boolean brokenOff);
    }

    private Layer take(LayerInput input, Check check) throws IOException {
        StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256);
        try (InputStream in = new BufferedInputStream(input.open(), BUFFER)) {
            boolean gzip = Compression.of(in) == Compression.GZIP;
            OutputStream blob = new StagedStream(staged);
            TarSummary tar = gzip ? store(in, blob, check) : compress(in, blob, check);
            return new Layer(staged, staged.finish(), tar.diffId());
        } catch (IOException | RuntimeException failure) {
            staged.close();
            throw failure;
        }
    }

    private static TarSummary store(InputStream in, OutputStream blob, Check check) throws IOException {
        try (TarSplitter tar = new TarSplitter(ContentSink.NONE, OutputStream.nullOutputStream())) {
            GzipLayout layout =
                    new GzipReader(GzipListener.NONE, InflateLimits.standard()).read(new TeeInputStream(in, blob), tar);
            if (!layout.members().stream().allMatch(GzipMember::trailerHolds)) {
                throw new DrayException(
                        DrayException.Kind.CORRUPT, "corrupt gzip data: its checksum is not that of its content");
            }
            return finish(tar, check);
        }
    }

    private static TarSummary compress(InputStream in, OutputStream blob, Check check) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService threads = Executors.newFixedThreadPool(
                processors, Thread.ofPlatform().name("compress-", 0).daemon().factory());
        try (threads;
                GzipBlockWriter writer = OwnProfile.writer(blob, threads, 2 * processors);
                TarSplitter tar = new TarSplitter(ContentSink.NONE, OutputStream.nullOutputStream())) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                tar.write(buffer, 0, read);
                writer.write(buffer, 0, read);
            }
            writer.finish();
            return finish(tar, check);
        }
    }

    private static TarSummary finish(TarSplitter splitter, Check check) throws IOException {
        boolean brokenOff = splitter.isWithinEntry();
        TarSummary tar = splitter.finish();
        check.require(tar, brokenOff);
        return tar;
    }

    private static void requireTar(TarSummary tar, boolean brokenOff) {
        if (tar.headers() == 0) {
            throw new DrayException(DrayException.Kind.INVALID, "the input is not a tar archive, plain or gzip");
        }
        if (brokenOff || tar.size() % TarBlock.SIZE != 0) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "the input is a tar archive that breaks off after %d bytes".formatted(tar.size()));
        }
    }

    /// A staged blob as a stream.
    private static final class StagedStream extends BulkOutputStream {
        private final StagedBlob staged;

        StagedStream(StagedBlob staged) {
            this.staged = staged;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            staged.write(ByteBuffer.wrap(bytes, offset, length));
        }
    }
}
