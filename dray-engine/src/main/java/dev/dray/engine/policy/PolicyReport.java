package dev.dray.engine.policy;

import java.util.List;
import java.util.stream.Stream;

/// What became of layers.
///
/// @param packsGrown by how many bytes the packs grew meanwhile; other processes' share is in it
public record PolicyReport(List<StoredLayer> layers, long packsGrown) {
    public PolicyReport {
        layers = List.copyOf(layers);
    }

    /// Both together.
    public PolicyReport and(PolicyReport other) {
        return new PolicyReport(
                Stream.concat(layers.stream(), other.layers.stream()).toList(), packsGrown + other.packsGrown);
    }

    /// How many are kept so.
    public long count(Class<? extends StoredForm> how) {
        return layers.stream().filter(layer -> how.isInstance(layer.kept())).count();
    }

    /// Bytes of the blobs that are kept so.
    public long bytes(Class<? extends StoredForm> how) {
        return layers.stream()
                .filter(layer -> how.isInstance(layer.kept()))
                .mapToLong(layer -> layer.blob().size())
                .sum();
    }

    /// By how many bytes the store is smaller than with the files alone, after what was done just now; negative when it
    /// is larger.
    public long saved() {
        return layers.stream().mapToLong(StoredLayer::dropped).sum() - packsGrown;
    }

    /// Those that are kept as they came because nothing makes them.
    public List<StoredLayer> verbatim() {
        return layers.stream()
                .filter(layer -> layer.kept() instanceof StoredForm.Verbatim)
                .toList();
    }
}
