package dev.dray.store.collect;

import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.catalog.PackTable.Extent;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.filesystem.Layout;
import dev.dray.store.pack.PackCopy;
import dev.dray.store.pack.PackFiles;
import dev.dray.store.pack.PackFooter;
import dev.dray.store.pack.PackedObject;
import dev.dray.store.pack.WrittenPack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Copies the living parts of mostly dead packs into new ones.
///
/// The order is that of publishing: the new pack's bytes are forced, it gets its name, the folder is forced, and then
/// one transaction names it, says of everything that was copied where it lies now, and removes the old packs' rows;
/// their files go after the commit. Contents are compared with their digests on the way. A reader that comes too late
/// for the old file asks again where its bytes are.
///
/// @param sequence a part of a name that was never used before
record Repacking(CollectRun round, PackFiles packs, Supplier<String> sequence) {
    /// Living bytes that are gathered into one pack.
    private static final long GROUP = 64 << 20;
    private static final int MOST_OBJECTS = 100_000;

    /// The contents of one new pack.
    private static final class Group {
        private final List<PackTable.Row> packs = new ArrayList<>();
        private final List<ContentTable.Row> contents = new ArrayList<>();
        private final Set<Long> layers = new LinkedHashSet<>();
        private long bytes;

        boolean isFull() {
            return bytes >= GROUP || contents.size() >= MOST_OBJECTS;
        }
    }

    void run(List<PackTable.Row> mostlyDead, Marks marks) throws IOException {
        Group group = new Group();
        for (PackTable.Row pack : mostlyDead) {
            if (round.dryRun()) {
                long rest = pack.size() * marks.living(pack.id()) / pack.rawSize();
                round.tally().add(CollectedKind.REPACKED, pack.file(), pack.size() - rest);
                continue;
            }
            add(group, pack, marks);
            if (group.isFull()) {
                rewriteOrLeave(group);
                group = new Group();
            }
        }
        rewriteOrLeave(group);
    }

    /// A pack that turns out to be damaged is marked by who finds it, and left alone from then on.
    private void rewriteOrLeave(Group group) throws IOException {
        try {
            rewrite(group);
        } catch (DrayException e) {
            if (e.kind() != Kind.CORRUPT) {
                throw e;
            }
            System.getLogger(Repacking.class.getName())
                    .log(System.Logger.Level.WARNING, "packs were not rewritten: {0}", e.getMessage());
        }
    }

    private void add(Group group, PackTable.Row pack, Marks marks) throws IOException {
        for (PackedObject object : PackFooter.read(
                        round.files(), round.layout().packs().resolve(pack.file()))
                .objects()) {
            if (marks.isAlive(pack.id(), object.offset())) {
                group.contents.add(new ContentTable.Row(object.digest(), pack.id(), object.offset(), object.size()));
            }
        }
        group.packs.add(pack);
        group.layers.addAll(marks.layers(pack.id()));
        group.bytes += marks.living(pack.id());
    }

    private void rewrite(Group group) throws IOException {
        if (group.packs.isEmpty() || !round.pace().next()) {
            return;
        }
        Path staged = round.layout().staging().resolve(sequence.get());
        try (PackCopy copy = new PackCopy(round.files(), packs, staged)) {
            Moves moves = new Moves();
            for (ContentTable.Row content : group.contents) {
                moves.contents.put(content, copy.content(content));
            }
            for (LayerTable.Row layer : layers(group)) {
                for (PackTable.Row pack : group.packs) {
                    for (List<Extent> part : List.of(layer.recipe(), layer.smalls())) {
                        for (Extent extent : Marks.in(pack.id(), part).toList()) {
                            moves.extents.put(extent, copy.extent(extent));
                        }
                    }
                }
            }
            Optional<WrittenPack> written = copy.finish();
            if (written.isPresent()) {
                publish(group, written.get(), moves);
            }
        }
    }

    private List<LayerTable.Row> layers(Group group) {
        return round.catalog()
                .read(transaction -> group.layers.stream()
                        .map(transaction.layers()::find)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /// A copied content, and its place in the new raw space.
    private static final class Moves {
        private final Map<ContentTable.Row, Long> contents = new HashMap<>();
        private final Map<Extent, Long> extents = new HashMap<>();
    }

    /// A file whose commit fails is left: its log may still be found whole. It is an orphan once this process ends.
    private void publish(Group group, WrittenPack written, Moves moves) throws IOException {
        String name = Layout.packName(Layout.name(written.file()));
        Path file = round.layout().packs().resolve(name);
        round.files().rename(written.file(), file);
        round.files().folders().force(round.layout().packs());
        round.catalog().change(transaction -> {
            long number = transaction.packs().add(name, written.size(), written.rawSize(), round.started());
            moves.contents.forEach((from, offset) -> move(transaction, from, number, offset));
            for (long layer : group.layers) {
                transaction.layers().find(layer).ifPresent(row -> move(transaction, row, number, moves.extents));
            }
            group.packs.forEach(pack -> transaction.packs().delete(pack.id()));
        });
        for (PackTable.Row pack : group.packs) {
            round.unlink(round.layout().packs().resolve(pack.file()));
            long share = written.size() / group.packs.size();
            round.tally().add(CollectedKind.REPACKED, pack.file(), Math.max(0, pack.size() - share));
        }
    }

    private static void move(Transaction transaction, ContentTable.Row from, long pack, long offset) {
        if (transaction.contents().find(from.digest()).equals(Optional.of(from))) {
            transaction.contents().move(new ContentTable.Row(from.digest(), pack, offset, from.size()));
        }
    }

    private static void move(Transaction transaction, LayerTable.Row layer, long pack, Map<Extent, Long> moved) {
        transaction.layers().move(layer.id(), moved(layer.recipe(), pack, moved), moved(layer.smalls(), pack, moved));
    }

    private static List<Extent> moved(List<Extent> extents, long pack, Map<Extent, Long> moved) {
        return extents.stream()
                .map(extent -> Optional.ofNullable(moved.get(extent))
                        .map(offset -> new Extent(pack, offset, extent.length()))
                        .orElse(extent))
                .toList();
    }
}
