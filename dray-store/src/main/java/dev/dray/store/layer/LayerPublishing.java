package dev.dray.store.layer;

import dev.dray.model.Digest;
import dev.dray.store.blob.FileCommit;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.PackTable.Extent;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.filesystem.FileOperations;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.pack.PackedObject;
import dev.dray.store.pack.WrittenLayer;
import dev.dray.store.pack.WrittenPack;
import dev.dray.store.process.LocalProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Publishes layers; nothing else does. The packs' bytes are durable when they come; they get their names, the
/// folder is forced, and only then rows name them, all in one transaction. A crash between any two of these leaves
/// files without a row, which the next start removes; never a row without its bytes.
record LayerPublishing(
        Catalog catalog, FileOperations files, Layout layout, LocalProcess process, InstantSource clock) {

    /// Adds the layer to the store, under the lease `lease`, unless it is there already.
    ///
    /// @return false when contents that were counted on are gone; nothing was published
    boolean publish(WrittenLayer layer, CountedContents counted, long lease) throws IOException {
        List<Path> moved = new ArrayList<>();
        FileCommit naming = new FileCommit(files, process);
        Published published = naming.commit(
                moved,
                () -> {
                    for (WrittenPack pack : layer.packs()) {
                        Path target = layout.packs().resolve(Layout.packName(Layout.name(pack.file())));
                        files.rename(pack.file(), target);
                        moved.add(target);
                    }
                    files.folders().force(layout.packs());
                },
                () -> catalog.write(transaction -> register(transaction, layer, counted, lease)));
        if (published != Published.INSERTED) {
            moved.forEach(naming::remove);
        }
        return published != Published.OVERTAKEN;
    }

    private enum Published {
        INSERTED,
        KNOWN,
        OVERTAKEN
    }

    private Published register(Transaction transaction, WrittenLayer layer, CountedContents counted, long lease) {
        Digest diffId = layer.summary().diffId();
        transaction.processes().leases().cover(lease, List.of(diffId));
        if (layer.addsNoContent()
                && transaction
                        .layers()
                        .find(diffId)
                        .filter(isHealthy(transaction))
                        .isPresent()) {
            return Published.KNOWN;
        }
        if (!counted.areThere(transaction)) {
            return Published.OVERTAKEN;
        }
        insert(transaction, layer);
        return Published.INSERTED;
    }

    private static Predicate<LayerTable.Row> isHealthy(Transaction transaction) {
        return row -> List.of(row.recipe(), row.smalls()).stream()
                .flatMap(List::stream)
                .map(Extent::pack)
                .distinct()
                .map(transaction.packs()::find)
                .allMatch(pack -> pack.filter(found -> !found.damaged()).isPresent());
    }

    private void insert(Transaction transaction, WrittenLayer layer) {
        long[] numbers = new long[layer.packs().size()];
        for (int i = 0; i < numbers.length; i++) {
            WrittenPack pack = layer.packs().get(i);
            String name = Layout.packName(Layout.name(pack.file()));
            long number = transaction.packs().add(name, pack.size(), pack.rawSize(), clock.instant());
            for (PackedObject object : pack.objects()) {
                transaction
                        .contents()
                        .add(new ContentTable.Row(object.digest(), number, object.offset(), object.size()));
            }
            numbers[i] = number;
        }
        transaction
                .layers()
                .add(new LayerTable.Row(
                        0,
                        layer.summary().diffId(),
                        layer.summary().size(),
                        layer.summary().headers(),
                        WrittenLayer.renamed(layer.recipe(), index -> numbers[(int) index]),
                        WrittenLayer.renamed(layer.smalls(), index -> numbers[(int) index]),
                        clock.instant()));
    }
}
