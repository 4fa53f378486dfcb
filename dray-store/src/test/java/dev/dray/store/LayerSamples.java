package dev.dray.store;

import static dev.dray.store.Samples.APP;

import dev.dray.layer.tar.TarWriter;
import dev.dray.model.Digest;
import dev.dray.store.layer.LayerSplit;
import dev.dray.store.layer.Proof;
import dev.dray.store.layer.SplitOutcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/// Layers that tests split, and what tests do with them.
public final class LayerSamples {
    private LayerSamples() {}

    /// A tar of files of all sizes, some of them twice; the same seed gives the same files, whatever their count.
    public static byte[] tar(long seed, int files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes, Instant.EPOCH)) {
            Random random = new Random(seed);
            for (int i = 0; i < files; i++) {
                byte[] content = text(random.nextLong(), size(i));
                file(tar, "dir/file-" + i, content);
                if (i % 7 == 0) {
                    file(tar, "copy/file-" + i, content);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// A tar that is longer than what is kept of a blob for its readers.
    static byte[] plainLayer() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes, Instant.EPOCH)) {
            for (int i = 0; i < 12; i++) {
                file(tar, "file-" + i, Samples.bytes(i, 2_000_000));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static int size(int index) {
        return switch (index % 5) {
            case 0 -> 700 + index;
            case 1 -> 2047 + index % 3;
            case 2 -> 10_000 + index * 31;
            case 3 -> index % 129;
            default -> 70_000 + index * 11;
        };
    }

    public static void file(TarWriter tar, String name, byte[] content) throws IOException {
        tar.file(name, 0644, content.length, new ByteArrayInputStream(content));
    }

    /// Bytes that compress about to their half.
    static byte[] text(long seed, int size) {
        byte[] bytes = new byte[size];
        Random random = new Random(seed);
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) ('a' + (random.nextInt() & 15));
        }
        return bytes;
    }

    /// As the JDK's gzip makes it: an encoder that is known.
    public static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public static SplitOutcome split(Store store, byte[] blob) throws IOException {
        try (LayerSplit split = store.layers().split(Digest.sha256(blob), blob.length)) {
            for (int at = 0; at < blob.length; at += 10_007) {
                split.write(blob, at, Math.min(10_007, blob.length - at));
            }
            return split.finish();
        }
    }

    public static SplitOutcome.Split splitWell(Store store, byte[] blob) throws IOException {
        if (split(store, blob) instanceof SplitOutcome.Split done) {
            return done;
        }
        throw new AssertionError("not split");
    }

    /// Publishes a blob, proves it and drops its file.
    public static Digest keepAsRecipe(Store store, byte[] blob) {
        Digest digest = Samples.publish(store, APP, blob);
        if (!(store.layers().prove(digest) instanceof Proof.Exact)
                || !store.layers().dropFile(digest)) {
            throw new AssertionError("not kept as a recipe");
        }
        return digest;
    }

    public static byte[] tar(Store store, Digest diffId, long offset) throws IOException {
        try (InputStream stream =
                store.layers().tar(store.layers().find(diffId).orElseThrow()).open(offset)) {
            return stream.readAllBytes();
        }
    }
}
