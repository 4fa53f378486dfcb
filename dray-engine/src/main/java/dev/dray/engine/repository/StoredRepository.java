package dev.dray.engine.repository;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSink;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.ReferrerSource;
import dev.dray.store.Repository;
import dev.dray.store.Store;
import dev.dray.store.blob.FinishOutcome;
import dev.dray.store.blob.StagedBlob;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.Manifests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A repository of the engine's store, as a source and sink of images.
///
/// Whoever runs the engine owns all of its store, so a blob that any repository holds is linked, not asked for again.
/// Thread safe. The sink's methods are durable on return.
public final class StoredRepository implements ImageSource, ImageSink, ReferrerSource {
    private static final int SLAB = 1 << 20;
    private static final String PULL_AGAIN = "pull the image again, which brings the blob back";

    private final Store store;
    private final RepositoryName name;

    public StoredRepository(Store store, RepositoryName name) {
        this.store = store;
        this.name = name;
    }

    @Override
    public Manifest manifest(ManifestSelector selector) {
        return find(selector)
                .orElseThrow(() -> new DrayException(
                        DrayException.Kind.NOT_FOUND, "no image \"%s\" of %s in the store".formatted(selector, name)));
    }

    /// The manifest, when it is there.
    public Optional<Manifest> find(ManifestSelector selector) {
        return contents().find(selector).map(Manifests.Stored::parse);
    }

    /// @throws DrayException of kind CORRUPT when the blob was found damaged: such bytes go nowhere
    @Override
    public Content blob(Descriptor descriptor) {
        BlobTable.Row row = row(descriptor.digest());
        if (row.damaged()) {
            throw new DrayException(
                            DrayException.Kind.CORRUPT,
                            "blob %s of %s is damaged in the store".formatted(descriptor.digest(), name))
                    .advising(PULL_AGAIN);
        }
        return open(row);
    }

    /// @throws DrayException of kind NOT_FOUND when the repository has no such blob, damaged or not
    public void requirePresent(Descriptor descriptor) {
        var _ = row(descriptor.digest());
    }

    /// The blob's bytes as they are, damaged or not.
    public Content stored(Descriptor descriptor) {
        return open(row(descriptor.digest()));
    }

    private BlobTable.Row row(Digest digest) {
        return contents().findBlob(digest).orElseThrow(() -> absent(digest));
    }

    private Repository contents() {
        return store.repository(name);
    }

    private Content open(BlobTable.Row row) {
        return store.blobs().open(row).orElseThrow(() -> absent(row.digest()));
    }

    private DrayException absent(Digest digest) {
        return new DrayException(DrayException.Kind.NOT_FOUND, "no blob %s of %s in the store".formatted(digest, name))
                .advising(PULL_AGAIN);
    }

    @Override
    public List<Descriptor> referrers(Digest subject) {
        return contents().referrers(subject).stream()
                .map(stored -> ReferrerSource.describe(stored.parse(), stored.digest()))
                .toList();
    }

    @Override
    public Set<Digest> missing(Collection<Descriptor> blobs) {
        Set<Digest> digests = new LinkedHashSet<>();
        blobs.forEach(blob -> digests.add(blob.digest()));
        return contents().link(digests);
    }

    @Override
    public void putBlob(Descriptor descriptor, Content content) throws IOException {
        putBlob(descriptor, content, OutputStream.nullOutputStream());
    }

    /// [#putBlob(Descriptor, Content)], with a copy of the bytes for another reader as they come.
    public void putBlob(Descriptor descriptor, Content content, OutputStream alongside) throws IOException {
        try (StagedBlob staged = store.blobs().stage(descriptor.digest().algorithm());
                InputStream in = content.open(0)) {
            copy(in, staged, descriptor, alongside);
            switch (staged.finish(descriptor.digest())) {
                case FinishOutcome.Complete(var blob) -> contents().put(blob);
                case FinishOutcome.Mismatch(Digest expected, Digest actual, long size) ->
                    throw new DrayException(
                            DrayException.Kind.CORRUPT,
                            "blob %s arrived as %d bytes of digest %s; nothing of it was stored"
                                    .formatted(expected, size, actual));
            }
        }
    }

    private static void copy(InputStream in, StagedBlob staged, Descriptor descriptor, OutputStream alongside)
            throws IOException {
        byte[] slab = new byte[(int) Math.max(1, Math.min(SLAB, descriptor.size()))];
        while (true) {
            int read = in.readNBytes(slab, 0, slab.length);
            staged.write(ByteBuffer.wrap(slab, 0, read));
            alongside.write(slab, 0, read);
            if (staged.size() > descriptor.size()) {
                throw new DrayException(
                        DrayException.Kind.CORRUPT,
                        "blob %s is longer than the %d bytes that its manifest says; nothing of it was stored"
                                .formatted(descriptor.digest(), descriptor.size()));
            }
            if (read < slab.length) {
                return;
            }
        }
    }

    @Override
    public void putManifest(Manifest manifest, Optional<Tag> tag) {
        Digest digest = manifest.raw().sha256();
        putManifests(Map.of(digest, manifest), digest, tag);
    }

    /// Takes manifests under digests that the caller has checked, and puts the tag on one of them, all at once.
    public void putManifests(Map<Digest, Manifest> manifests, Digest tagged, Optional<Tag> tag) {
        contents().put(manifests, tagged, tag.stream().toList());
    }
}
