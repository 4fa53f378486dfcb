package dev.dray.store.check;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.store.catalog.ContentTable;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.pack.PackCopy;
import dev.dray.store.pack.PackFiles;
import dev.dray.store.pack.PackFooter;
import dev.dray.store.pack.PackedObject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Looks whether each pack is there and whole, and in a deep check whether each of its contents is what
/// its digest says. A damaged pack is marked: nothing new counts on it, and what is split again
/// replaces what was in it.
final class PackCheck {
    private static final Comparator<PackedObject> BY_OFFSET = Comparator.comparingLong(PackedObject::offset);

    private final Examination examination;
    private final PackFiles packs;
    /// Footers of packs that were found whole, for contents whose rows are lost.
    private final Map<Long, PackFooter> footers = new HashMap<>();

    PackCheck(Examination examination, PackFiles packs) {
        this.examination = examination;
        this.packs = packs;
    }

    /// @return how many there are
    long run() throws IOException {
        long count = 0;
        for (List<PackTable.Row> page : examination.pages(
                (transaction, last, limit) -> transaction.packs().list(last.orElse(0L), limit), PackTable.Row::id)) {
            for (PackTable.Row pack : page) {
                check(pack);
            }
            count += page.size();
        }
        return count;
    }

    private void check(PackTable.Row pack) throws IOException {
        Optional<String> damage = pack.damaged() ? Optional.of("it was found damaged before") : damage(pack);
        boolean there = examination
                .catalog
                .read(transaction -> transaction.packs().find(pack.id()))
                .isPresent();
        if (damage.isPresent() && there) {
            packs.markDamaged(pack.id());
            examination.found(Finding.Kind.PACK, "packs/" + pack.file(), damage.get(), false);
        }
    }

    private Optional<String> damage(PackTable.Row pack) throws IOException {
        var file = examination.layout.packs().resolve(pack.file());
        OptionalLong length = examination.files.length(file);
        if (length.isEmpty()) {
            return Optional.of("its file is missing");
        }
        if (length.getAsLong() != pack.size()) {
            return Optional.of("its file has %d bytes of its %d".formatted(length.getAsLong(), pack.size()));
        }
        try {
            PackFooter footer = PackFooter.read(examination.files, file);
            if (footer.rawSize() != pack.rawSize()) {
                return Optional.of("it is not the pack that was written");
            }
            if (examination.options.deep()) {
                List<PackedObject> wrong = PackCopy.compare(packs, pack.id(), footer);
                examination.read(pack.rawSize());
                if (!wrong.isEmpty()) {
                    return Optional.of("%d of its contents are damaged".formatted(wrong.size()));
                }
            }
            footers.put(pack.id(), footer);
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of("its file is missing");
        } catch (DrayException e) {
            return Optional.of(e.getMessage());
        }
    }

    /// Where whole packs have these contents, by their own footers.
    Map<Digest, ContentTable.Row> search(List<Digest> wanted) {
        Map<Digest, ContentTable.Row> found = new HashMap<>();
        wanted.forEach(digest -> found.put(digest, new ContentTable.Row(digest, 0, 0, 0)));
        footers.forEach((pack, footer) -> {
            for (PackedObject object : footer.objects()) {
                found.computeIfPresent(
                        object.digest(),
                        (digest, _) -> new ContentTable.Row(digest, pack, object.offset(), object.size()));
            }
        });
        found.values().removeIf(content -> content.pack() == 0);
        return found;
    }

    /// True when a content lies where its row says, as far as its pack's footer tells.
    boolean agrees(ContentTable.Row content) {
        PackFooter footer = footers.get(content.pack());
        if (footer == null) {
            return false;
        }
        PackedObject wanted = new PackedObject(content.digest(), content.offset(), content.size());
        int place = Collections.binarySearch(footer.objects(), wanted, BY_OFFSET);
        return place >= 0 && footer.objects().get(place).equals(wanted);
    }

    /// Packs that were found whole.
    boolean isWhole(long pack) {
        return footers.containsKey(pack);
    }
}
