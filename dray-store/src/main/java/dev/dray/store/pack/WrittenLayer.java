package dev.dray.store.pack;

import dev.dray.layer.tar.recipe.TarSummary;
import dev.dray.store.catalog.PackTable.Extent;
import java.util.List;
import java.util.function.LongUnaryOperator;

/// A layer whose contents are in packs, none of which is part of the store yet.
///
/// @param packs in order; extents name them by their index
/// @param recipe where the tar recipe lies
/// @param smalls where the small contents lie
public record WrittenLayer(TarSummary summary, List<WrittenPack> packs, List<Extent> recipe, List<Extent> smalls) {
    public WrittenLayer {
        packs = List.copyOf(packs);
        recipe = List.copyOf(recipe);
        smalls = List.copyOf(smalls);
    }

    /// True when all its contents were there before.
    public boolean addsNoContent() {
        return packs.stream().allMatch(pack -> pack.objects().isEmpty());
    }

    /// Extents that name packs as `number` does.
    public static List<Extent> renamed(List<Extent> extents, LongUnaryOperator number) {
        return extents.stream()
                .map(extent -> new Extent(number.applyAsLong(extent.pack()), extent.offset(), extent.length()))
                .toList();
    }
}
