package dev.dray.engine.keep;

import dev.dray.store.Store;
import dev.dray.store.catalog.PackRow;
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
        long after = 0;
        List<PackRow> page;
        do {
            long last = after;
            page = store.catalog().read(transaction -> transaction.packs().list(last, PAGE));
            for (PackRow pack : page) {
                count++;
                bytes += pack.size();
                raw += pack.rawSize();
                after = pack.id();
            }
        } while (page.size() == PAGE);
        return new PackSizes(count, bytes, raw);
    }
}
