package dev.dray.engine.policy;

import dev.dray.engine.policy.LayerState.Form;
import java.util.List;
import java.util.stream.Stream;

/// The changes that applying the policy made.
///
/// @param packsGrown by how many bytes the packs grew meanwhile; other processes' share is in it
public record PolicyReport(List<LayerChange> layers, long packsGrown) {
    public PolicyReport {
        layers = List.copyOf(layers);
    }

    /// Both together.
    public PolicyReport and(PolicyReport other) {
        return new PolicyReport(
                Stream.concat(layers.stream(), other.layers.stream()).toList(), packsGrown + other.packsGrown);
    }

    /// How many are in a form.
    public long count(Class<? extends Form> form) {
        return layers.stream().filter(layer -> form.isInstance(layer.form())).count();
    }

    /// Bytes of the blobs in a form.
    public long bytes(Class<? extends Form> form) {
        return layers.stream()
                .filter(layer -> form.isInstance(layer.form()))
                .mapToLong(layer -> layer.blob().size())
                .sum();
    }

    /// By how many bytes the changes made the store smaller than with the files alone; negative when it is larger.
    public long saved() {
        return layers.stream().mapToLong(LayerChange::dropped).sum() - packsGrown;
    }

    /// Those that no recipe rebuilds.
    public List<LayerChange> verbatim() {
        return layers.stream()
                .filter(layer -> layer.form() instanceof Form.Verbatim)
                .toList();
    }
}
