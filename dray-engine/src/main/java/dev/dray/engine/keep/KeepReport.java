package dev.dray.engine.keep;

import java.util.List;
import java.util.stream.Stream;

/// What became of layers.
///
/// @param packsGrown by how many bytes the packs grew meanwhile; other processes' share is in it
public record KeepReport(List<KeptLayer> layers, long packsGrown) {
    public KeepReport {
        layers = List.copyOf(layers);
    }

    /// Both together.
    public KeepReport and(KeepReport other) {
        return new KeepReport(
                Stream.concat(layers.stream(), other.layers.stream()).toList(), packsGrown + other.packsGrown);
    }

    /// How many are kept so.
    public long count(Class<? extends Kept> how) {
        return layers.stream().filter(layer -> how.isInstance(layer.kept())).count();
    }

    /// Bytes of the blobs that are kept so.
    public long bytes(Class<? extends Kept> how) {
        return layers.stream()
                .filter(layer -> how.isInstance(layer.kept()))
                .mapToLong(layer -> layer.blob().size())
                .sum();
    }

    /// By how many bytes the store is smaller than with the files alone, after what was done just now; negative when it
    /// is larger.
    public long saved() {
        return layers.stream().mapToLong(KeptLayer::dropped).sum() - packsGrown;
    }

    /// Those that are kept as they came because nothing makes them.
    public List<KeptLayer> verbatim() {
        return layers.stream()
                .filter(layer -> layer.kept() instanceof Kept.Verbatim)
                .toList();
    }
}
