package dev.dray.store;

import static dev.dray.store.Samples.APP;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.blob.Blob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;

/// Readers of several blobs, from several places of each, at once, in a process with a small heap.
final class ManyReaders {
    private static final int BLOBS = 4;
    private static final int PLACES = 9;
    static final int READERS = BLOBS * PLACES;

    private ManyReaders() {}

    /// How it ended for how many.
    record Count(int right, int turnedAway, int wrong) {
        static Count parse(String line) {
            String[] numbers = line.split(" ", -1);
            return new Count(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
        }

        @Override
        public String toString() {
            return right + " " + turnedAway + " " + wrong;
        }
    }

    private enum End {
        RIGHT,
        TURNED_AWAY,
        WRONG
    }

    /// Leaves nothing but recipes of the blobs in the store; the hash of what is to be read from each place is kept
    /// as a setting.
    static void prepare(Store store) throws IOException {
        byte[] tar = LayerSamples.tar(5, 900);
        for (int i = 0; i < BLOBS; i++) {
            byte[] blob = gzip(tar, 2 * i + 1);
            Digest digest = LayerSamples.keepAsRecipe(store, blob);
            for (int place = 0; place < PLACES; place++) {
                MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
                int offset = offset(blob.length, place);
                hasher.update(blob, offset, blob.length - offset);
                String name = "blob " + i + " " + place;
                String value = digest + " " + Digest.of(Digest.Algorithm.SHA256, hasher.digest());
                store.catalog().change(tx -> tx.settings().put(name, value));
            }
        }
    }

    private static byte[] gzip(byte[] plain, int level) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new Levelled(bytes, level)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static final class Levelled extends GZIPOutputStream {
        Levelled(ByteArrayOutputStream out, int level) throws IOException {
            super(out);
            def.setLevel(level);
        }
    }

    private static int offset(long size, int place) {
        return (int) (size * place / PLACES);
    }

    static Count read(Store store) throws Exception {
        CyclicBarrier together = new CyclicBarrier(READERS);
        List<Callable<End>> readers = new ArrayList<>();
        for (int i = 0; i < BLOBS; i++) {
            for (int place = 0; place < PLACES; place++) {
                int number = place;
                String name = "blob " + i + " " + place;
                String[] value = store.catalog()
                        .read(tx -> tx.settings().find(name))
                        .orElseThrow()
                        .split(" ", -1);
                Blob blob = store.blobs().find(APP, Digest.parse(value[0])).orElseThrow();
                Digest rest = Digest.parse(value[1]);
                readers.add(() -> {
                    together.await();
                    return read(blob, number, rest);
                });
            }
        }
        List<End> ends = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<End> end : threads.invokeAll(readers)) {
                ends.add(end.get());
            }
        }
        return new Count(
                Collections.frequency(ends, End.RIGHT),
                Collections.frequency(ends, End.TURNED_AWAY),
                Collections.frequency(ends, End.WRONG));
    }

    private static End read(Blob blob, int place, Digest expected) throws InterruptedException {
        MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        try (InputStream stream = new DigestInputStream(blob.open(offset(blob.size(), place)), hasher)) {
            byte[] buffer = new byte[16 << 10];
            if (place % 4 == 1 && stream.read(buffer) > 0) {
                Thread.sleep(1000);
            }
            stream.transferTo(OutputStream.nullOutputStream());
        } catch (DrayException e) {
            return e.kind() == DrayException.Kind.UNAVAILABLE ? End.TURNED_AWAY : End.WRONG;
        } catch (IOException e) {
            return e.getCause() instanceof DrayException failure && failure.kind() == DrayException.Kind.UNAVAILABLE
                    ? End.TURNED_AWAY
                    : End.WRONG;
        }
        return Digest.of(Digest.Algorithm.SHA256, hasher.digest()).equals(expected) ? End.RIGHT : End.WRONG;
    }
}
