package dev.dray.store.collect;

import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.PackTable.Extent;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Marks the living contents of packs: a bit for every 2 KiB of each pack's raw space, set where a living content
/// begins. No two contents begin in the same 2 KiB. Not thread safe.
final class Marks {
    private static final int GRANULE = Integer.numberOfTrailingZeros(ContentTable.SMALLEST);

    private final Map<Long, BitSet> contents = new HashMap<>();
    private final Map<Long, Long> living = new HashMap<>();
    private final Map<Long, Set<Long>> layers = new HashMap<>();

    /// Marks a content that a living layer references.
    void content(ContentTable.Row content) {
        BitSet pack = contents.computeIfAbsent(content.pack(), _ -> new BitSet());
        int granule = (int) (content.offset() >> GRANULE);
        if (!pack.get(granule)) {
            pack.set(granule);
            living.merge(content.pack(), content.size(), Long::sum);
        }
    }

    /// Marks where recipe and small contents of a layer lie.
    void parts(LayerTable.Row layer) {
        Stream.of(layer.recipe(), layer.smalls()).flatMap(List::stream).forEach(extent -> {
            layers.computeIfAbsent(extent.pack(), _ -> new HashSet<>()).add(layer.id());
            living.merge(extent.pack(), extent.length(), Long::sum);
        });
    }

    boolean isAlive(long pack, long offset) {
        BitSet marked = contents.get(pack);
        return marked != null && marked.get((int) (offset >> GRANULE));
    }

    /// Living bytes of a pack's raw space.
    long living(long pack) {
        return living.getOrDefault(pack, 0L);
    }

    /// The layers that have a recipe or small contents in a pack.
    Set<Long> layers(long pack) {
        return layers.getOrDefault(pack, Set.of());
    }

    /// The part of `extents` in a pack.
    static Stream<Extent> in(long pack, List<Extent> extents) {
        return extents.stream().filter(extent -> extent.pack() == pack);
    }
}
