package dev.dray.engine.policy;

import dev.dray.model.ByteSize;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Estimates the disk space that incoming blobs need, from their sizes, before the first byte is asked for.
///
/// Contents take about as much as the blob, since both are compressed; those that the store has already make it
/// less, by how much cannot be known before. A blob that ends as a recipe has a file until it is proven, so a few
/// files come on top.
///
/// @param wanted with the proofs
/// @param later when the proofs are put off
public record NeededSpace(ByteSize wanted, ByteSize later) {
    /// For the catalog, and what file systems keep for themselves.
    private static final long RESERVE = 16L << 20;

    /// @param atOnce how many blobs arrive at the same time
    public static NeededSpace of(Collection<Descriptor> blobs, RequiredForms required, int atOnce) {
        long files = 0;
        long contents = 0;
        List<Descriptor> dropped = blobs.stream()
                .filter(blob -> LayerBlobs.isLayer(blob) && required.of(blob).form() == StorageForm.RECIPE)
                .sorted(Comparator.comparingLong(Descriptor::size).reversed())
                .toList();
        for (Descriptor blob : blobs) {
            files += dropped.contains(blob) ? 0 : blob.size();
            contents += LayerBlobs.isLayer(blob) && required.of(blob).form().recipe() ? blob.size() : 0;
        }
        long under = dropped.stream()
                .limit(atOnce + PolicyApplier.QUEUED + 1L)
                .mapToLong(Descriptor::size)
                .sum();
        long all = blobs.stream().mapToLong(Descriptor::size).sum();
        return new NeededSpace(ByteSize.ofBytes(files + contents + under + RESERVE), ByteSize.ofBytes(all + RESERVE));
    }

    /// The space when the proofs are put off.
    public NeededSpace withoutProving() {
        return new NeededSpace(later, later);
    }

    /// @throws DrayException of kind OUT_OF_SPACE with the figures when `free` is less
    public void require(ByteSize free, String what) {
        if (free.compareTo(wanted) >= 0) {
            return;
        }
        DrayException failure = new DrayException(
                DrayException.Kind.OUT_OF_SPACE,
                "%s needs about %s of the disk, and %s are free".formatted(what, wanted, free));
        throw free.compareTo(later) >= 0 && later.compareTo(wanted) < 0
                ? failure.advising(
                        "free some space; or keep the blobs as they come for now, which needs about %s: --later"
                                .formatted(later))
                : failure.advising("free some space and try again; what has come so far stays");
    }
}
