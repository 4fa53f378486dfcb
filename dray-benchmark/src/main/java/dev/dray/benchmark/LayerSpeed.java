package dev.dray.benchmark;

import dev.dray.benchmark.stage.CountingSink;
import dev.dray.benchmark.stage.Figures;
import dev.dray.benchmark.stage.Timed;
import dev.dray.layer.deflate.BlockStart;
import dev.dray.layer.deflate.DeflateAlphabet;
import dev.dray.layer.deflate.DeflateInput;
import dev.dray.layer.deflate.InflateLimits;
import dev.dray.layer.deflate.TokenInflater;
import dev.dray.layer.deflate.TokenListener;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.encoders.Encoding;
import dev.dray.layer.rebuild.GzipRebuilder;
import dev.dray.layer.tar.ContentSink;
import dev.dray.layer.tar.TarSplitter;
import dev.dray.model.ByteSource;
import dev.dray.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// One round of all measurements in MB/s of plain bytes.
final class LayerSpeed {
    static final String DRAY = "dray";
    static final String NATIVE = "native";
    static final String TWO = "two workers";
    static final String ONE = "one worker";
    static final String JDK = "java.util.zip.Inflater";
    static final String HASHES = "SHA-256 twice, alone";

    private final Path tar;
    private final byte[] plain;
    private final Path work;

    LayerSpeed(Path tar, byte[] plain, Path work) {
        this.tar = tar;
        this.plain = plain;
        this.work = work;
    }

    /// A compressor from start to end, and our encoder alone, after a warm-up over the layer.
    void rebuild(LayerBlob blob, Figures figures) throws IOException, InterruptedException {
        Timed other = Timed.process(blob.compressor().command(), tar, Path.of("/dev/null"), work.resolve("times"));
        add(figures, blob.name(), NATIVE, other);
        Encoding encoding = blob.encoding();
        add(
                figures,
                blob.name(),
                DRAY,
                Timed.of(() -> PlainEncoder.encode(encoding, plain, plain.length, new CountingSink())));
    }

    /// As in production: from the file, hashing each segment and the whole.
    void workers(LayerBlob blob, Figures figures) throws IOException {
        for (int workers : new int[] {1, 2}) {
            GzipRebuilder rebuilder = new GzipRebuilder(EncoderCatalog.standard(), workers);
            Timed timed = Timed.of(() -> rebuilder.rebuild(blob.recipe(), ByteSource.of(tar), new CountingSink()));
            figures.add(blob.name() + ", MB/s by clock", workers == 2 ? TWO : ONE, rate(timed.wall()));
        }
    }

    void inflate(LayerBlob blob, Figures figures) throws IOException {
        byte[] deflated = blob.deflated();
        inflate(blob.name() + ", every token heard", new Tokens(true), deflated, figures);
        inflate(blob.name() + ", blocks heard", new Tokens(false), deflated, figures);
    }

    private void inflate(String what, Tokens listener, byte[] deflated, Figures figures) throws IOException {
        TokenInflater inflater = new TokenInflater(listener, InflateLimits.standard());
        add(
                figures,
                what,
                DRAY,
                Timed.of(() -> check(
                        inflater.inflate(new DeflateInput(new ByteArrayInputStream(deflated)), new CountingSink()))));
        listener.check(listener.all ? plain.length / DeflateAlphabet.MAX_LENGTH : 1);
        add(figures, what, JDK, Timed.of(() -> check(plainLength(deflated))));
    }

    /// Drops contents and recipe; hashes the stream and each content.
    void split(Figures figures) throws IOException {
        String what = "tar split";
        add(
                figures,
                what,
                DRAY,
                Timed.of(() -> check(TarSplitter.split(
                                new ByteArrayInputStream(plain), ContentSink.NONE, OutputStream.nullOutputStream())
                        .size())));
        MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        add(figures, what, HASHES, Timed.of(() -> {
            for (int i = 0; i < 2; i++) {
                hasher.update(plain);
                hasher.digest();
            }
        }));
    }

    private void add(Figures figures, String what, String who, Timed timed) {
        figures.add(what + ", MB/s by processor time", who, rate(timed.cpu()));
        figures.add(what + ", MB/s by clock", who, rate(timed.wall()));
    }

    private double rate(double seconds) {
        return plain.length / 1e6 / seconds;
    }

    private void check(long length) throws IOException {
        if (length != plain.length) {
            throw new IOException("%d plain bytes instead of %d".formatted(length, plain.length));
        }
    }

    private static long plainLength(byte[] deflated) throws IOException {
        byte[] buffer = new byte[128 << 10];
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(deflated);
            while (!inflater.finished()) {
                inflater.inflate(buffer);
            }
            return inflater.getBytesWritten();
        } catch (DataFormatException e) {
            throw new IOException("the JDK cannot inflate this", e);
        }
    }

    /// Counts tokens and blocks.
    private static final class Tokens implements TokenListener {
        private final boolean all;
        private long count;

        /// @param all whether to receive tokens, and not only blocks
        Tokens(boolean all) {
            this.all = all;
        }

        @Override
        public boolean blockStarted(BlockStart start) {
            count++;
            return all;
        }

        @Override
        public void tokens(int[] tokens, int length) {
            count += length;
        }

        void check(long least) throws IOException {
            if (count < least) {
                throw new IOException("only %d blocks and tokens heard".formatted(count));
            }
        }
    }
}
