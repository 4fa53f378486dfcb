package dev.dray.engine.policy;

import dev.dray.store.Store;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.catalog.Pages;
import java.util.List;

/// All packs of a store together.
///
/// @param bytes of their files
/// @param raw bytes of what is in them before compression
public record PackSizes(int count, long bytes, long raw) {
    private static final int PAGE = 500;

    public static PackSizes of(Store store) {
        int count = 0;
        long bytes = 0;
        long raw = 0;
        for (List<PackTable.Row> page : Pages.of(
                store.catalog(),
                PAGE,
                (transaction, last, limit) -> transaction.packs().list(last.orElse(0L), limit),
                PackTable.Row::id)) {
            for (PackTable.Row pack : page) {
                count++;
                bytes += pack.size();
                raw += pack.rawSize();
            }
        }
        return new PackSizes(count, bytes, raw);
    }
}
