package dev.dray.engine.verify;

import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.repository.StoredRepository;
import dev.dray.engine.transfer.ReferrerWalk;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageConfig;
import dev.dray.model.image.ImageGraph;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.store.Store;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Verifies images: reads every byte of manifests, blobs, and tars of layers, and compares their digests.
///
/// A damaged blob is marked, so that the next pull or push of it repairs it. One verification, one use.
public final class ImageVerify {
    private static final int BUFFER = 1 << 20;

    private final Store store;
    private final TransferListener listener;
    private final List<VerifyReport.Finding> findings = new ArrayList<>();
    private final Map<Digest, Digest> tars = new HashMap<>();
    private final Set<Digest> manifests = new HashSet<>();
    private final Set<Digest> blobs = new HashSet<>();
    private final Set<Digest> layers = new HashSet<>();
    private long bytes;

    public ImageVerify(Store store, TransferListener listener) {
        this.store = store;
        this.listener = listener;
    }

    public VerifyReport verify(List<StoredImage> images) throws IOException {
        for (StoredImage image : images) {
            verify(image);
        }
        return new VerifyReport(images.size(), manifests.size(), blobs.size(), layers.size(), bytes, findings);
    }

    private void verify(StoredImage image) throws IOException {
        StoredRepository repository = new StoredRepository(store, image.repository());
        ResolvedImage whole = new ResolvedImage(
                repository, ImageGraph.readPresent(repository, image.manifest(), image.digest()), image.digest());
        verify(image, repository, whole);
        for (ResolvedImage referrer : new ReferrerWalk(repository).of(whole)) {
            verify(image, repository, referrer);
        }
    }

    private void verify(StoredImage image, StoredRepository repository, ResolvedImage resolved) {
        for (Map.Entry<Digest, Manifest> manifest : resolved.graph().manifests().entrySet()) {
            Digest digest = manifest.getKey();
            RawBytes raw = manifest.getValue().raw();
            if (!raw.digest(digest.algorithm()).equals(digest)) {
                find(image, digest, "the manifest's bytes hash to " + raw.digest(digest.algorithm()));
            }
            manifests.add(digest);
            if (manifest.getValue() instanceof Manifest.Image one) {
                verify(image, repository, one);
            }
        }
    }

    private void verify(StoredImage image, StoredRepository repository, Manifest.Image manifest) {
        for (Descriptor blob : manifest.blobs()) {
            if (blobs.add(blob.digest())) {
                listener.begin(blob);
                verify(image, repository, blob);
            }
        }
        if (manifest.config().mediaType().isImageConfig()) {
            compareDiffIds(image, repository, manifest);
        }
    }

    private void verify(StoredImage image, StoredRepository repository, Descriptor blob) {
        try (InputStream in = repository.stored(blob).open(0)) {
            Hashed hashed = hash(in, blob);
            bytes += hashed.size();
            if (!hashed.blob().equals(blob.digest()) || hashed.size() != blob.size()) {
                damaged(image, blob, "its %d bytes hash to %s".formatted(hashed.size(), hashed.blob()));
                return;
            }
            switch (hashed.tar()) {
                case Tar.Read(Digest digest) -> tars.put(blob.digest(), digest);
                case Tar.Broken(String why) ->
                    find(image, blob.digest(), "its bytes are those of its digest, but no whole gzip: " + why);
                case Tar.Unread() -> {}
            }
            listener.done(blob, new BlobFate.AlreadyThere());
        } catch (IOException | DrayException unreadable) {
            damaged(image, blob, "it cannot be read: " + unreadable.getMessage());
        }
    }

    private record Hashed(Digest blob, long size, Tar tar) {}

    /// The tar within a blob.
    private sealed interface Tar {
        record Read(Digest digest) implements Tar {}

        record Broken(String why) implements Tar {}

        /// The blob is no layer, or its compression is not looked into.
        record Unread() implements Tar {}
    }

    /// Hashes the blob, and in the same pass the tar within.
    private static Hashed hash(InputStream in, Descriptor blob) throws IOException {
        MessageDigest hasher = blob.digest().algorithm().hasher();
        Counting counting = new Counting(new DigestInputStream(in, hasher));
        Tar tar = new Tar.Unread();
        if (isGzip(blob.mediaType())) {
            tar = gunzip(counting);
        } else if (blob.mediaType().equals(MediaType.OCI_LAYER)) {
            MessageDigest tarHasher = Digest.Algorithm.SHA256.hasher();
            drain(new DigestInputStream(counting, tarHasher));
            tar = new Tar.Read(Digest.of(Digest.Algorithm.SHA256, tarHasher.digest()));
        }
        drain(counting);
        return new Hashed(Digest.of(blob.digest().algorithm(), hasher.digest()), counting.count, tar);
    }

    private static boolean isGzip(MediaType type) {
        return type.equals(MediaType.OCI_LAYER_GZIP) || type.equals(MediaType.DOCKER_LAYER_GZIP);
    }

    private static Tar gunzip(Counting blob) throws IOException {
        MessageDigest hasher = Digest.Algorithm.SHA256.hasher();
        try (InputStream tar = new GZIPInputStream(new Unclosed(blob), BUFFER)) {
            drain(new DigestInputStream(tar, hasher));
            return new Tar.Read(Digest.of(Digest.Algorithm.SHA256, hasher.digest()));
        } catch (ZipException | EOFException broken) {
            return new Tar.Broken(String.valueOf(broken.getMessage()));
        }
    }

    private static void drain(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        while (in.read(buffer) >= 0) {
            // read to the end for the hashers behind the stream
        }
    }

    private void compareDiffIds(StoredImage image, StoredRepository repository, Manifest.Image manifest) {
        try (InputStream in = repository.stored(manifest.config()).open(0)) {
            RawBytes raw = RawBytes.copyOf(in.readNBytes(Manifest.LARGEST + 1));
            List<Digest> diffIds = ImageConfig.parse(raw).diffIds();
            if (diffIds.size() != manifest.layers().size()) {
                find(
                        image,
                        manifest.config().digest(),
                        "the config names %d layers, the manifest %d"
                                .formatted(diffIds.size(), manifest.layers().size()));
                return;
            }
            for (int i = 0; i < diffIds.size(); i++) {
                compareDiffId(image, manifest.layers().get(i).digest(), diffIds.get(i));
            }
        } catch (IOException | DrayException unreadable) {
            find(image, manifest.config().digest(), "the config cannot be read: " + unreadable.getMessage());
        }
    }

    private void compareDiffId(StoredImage image, Digest blob, Digest diffId) {
        Digest tar = tars.get(blob);
        if (tar == null || diffId.algorithm() != Digest.Algorithm.SHA256) {
            return; // a compression that is not looked into, or a blob that was found damaged
        }
        layers.add(diffId);
        if (!tar.equals(diffId)) {
            find(image, blob, "its tar hashes to %s, the config says %s".formatted(tar, diffId));
        }
    }

    private void damaged(StoredImage image, Descriptor blob, String what) {
        find(image, blob.digest(), what);
        store.catalog().change(transaction -> transaction.blobs().markDamaged(blob.digest()));
    }

    private void find(StoredImage image, Digest digest, String what) {
        findings.add(new VerifyReport.Finding(image.reference(), digest, what));
    }

    /// Lets the reader of a gzip member ask whether another one follows: it takes 0 available bytes for the end.
    /// Stays open when it is closed.
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public int available() {
            return 1;
        }

        @Override
        public void close() {}
    }

    /// Counts what is read through it.
    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count += b < 0 ? 0 : 1;
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }
}
