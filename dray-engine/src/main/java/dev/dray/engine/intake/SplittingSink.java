package dev.dray.engine.intake;

import dev.dray.engine.policy.NeededSpace;
import dev.dray.engine.policy.PolicyApplier;
import dev.dray.engine.policy.RequiredForms;
import dev.dray.engine.repository.StoredRepository;
import dev.dray.model.ByteSize;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSink;
import dev.dray.model.image.Manifest;
import dev.dray.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes blobs into a repository of the store and splits layers in flight where the policy requires a recipe.
/// Checks the free space for all of them first. Thread safe.
///
/// @param later whether proofs are put off; otherwise large blobs come one after the other
record SplittingSink(
        Store store,
        StoredRepository stored,
        RequiredForms required,
        PolicyApplier applier,
        SerialReads turns,
        boolean later)
        implements ImageSink {
    /// Blobs on their way at once: one on the wire, others being published.
    static final int AT_ONCE = 3;

    /// Smaller blobs do not wait for the wire.
    private static final long LARGE = 1 << 20;

    /// @throws dev.dray.model.DrayException of kind OUT_OF_SPACE when the disk has no room for what is missing
    @Override
    public Set<Digest> missing(Collection<Descriptor> blobs) {
        Set<Digest> missing = stored.missing(blobs);
        List<Descriptor> toCome =
                blobs.stream().filter(blob -> missing.contains(blob.digest())).toList();
        if (!toCome.isEmpty()) {
            NeededSpace needed = NeededSpace.of(toCome, required, AT_ONCE);
            (later ? needed.withoutProving() : needed).require(free(), "the image");
        }
        return missing;
    }

    private ByteSize free() {
        try {
            return ByteSize.ofBytes(Files.getFileStore(store.folder()).getUsableSpace());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Without proofs all blobs may end at the same time.
    @Override
    public void putBlob(Descriptor descriptor, Content content) throws IOException {
        Content inTurn = later || descriptor.size() < LARGE ? content : turns.of(content);
        applier.arrive(descriptor, alongside -> stored.putBlob(descriptor, inTurn, alongside));
    }

    @Override
    public void putManifest(Manifest manifest, Optional<Tag> tag) {
        stored.putManifest(manifest, tag);
    }
}
