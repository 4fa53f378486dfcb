package dev.dray.store.layer;

import dev.dray.model.Digest;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.pack.KnownContents;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Remembers the contents that a new layer shares with the store and did not write. Nothing protects them from the
/// collector until the layer has a row, so the transaction that inserts the row checks that all are still there. Not
/// thread safe.
final class CountedContents implements KnownContents {
    private final Catalog catalog;
    private final Map<Long, Counted> byPack = new HashMap<>();

    CountedContents(Catalog catalog) {
        this.catalog = catalog;
    }

    /// @param generation of the pack when it was first counted on
    private record Counted(long generation, Set<Digest> contents) {}

    /// A content and the pack that it was found in.
    private record Found(ContentTable.Row content, PackTable.Row pack) {}

    @Override
    public boolean has(Digest digest, long size) {
        Optional<Found> found = catalog.read(transaction -> transaction
                .contents()
                .findHealthy(digest)
                .filter(content -> content.size() == size)
                .flatMap(content -> transaction.packs().find(content.pack()).map(pack -> new Found(content, pack))));
        found.ifPresent(known -> byPack.computeIfAbsent(
                        known.pack().id(), _ -> new Counted(known.pack().generation(), new HashSet<>()))
                .contents()
                .add(digest));
        return found.isPresent();
    }

    /// True when the store has them all at this moment.
    boolean areThere(Transaction transaction) {
        return byPack.entrySet().stream()
                .allMatch(counted -> areThere(transaction, counted.getKey(), counted.getValue()));
    }

    private static boolean areThere(Transaction transaction, long pack, Counted counted) {
        boolean unchanged = transaction
                .packs()
                .find(pack)
                .filter(row -> row.generation() == counted.generation() && !row.damaged())
                .isPresent();
        return unchanged
                || counted.contents().stream()
                        .allMatch(digest ->
                                transaction.contents().findHealthy(digest).isPresent());
    }
}
