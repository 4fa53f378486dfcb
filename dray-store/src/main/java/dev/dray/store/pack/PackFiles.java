package dev.dray.store.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.dray.model.DrayException;
import dev.dray.model.DrayException.Kind;
import dev.dray.store.catalog.Catalog;
import dev.dray.store.catalog.PackTable;
import dev.dray.store.filesystem.FileOperations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads frames of the packs that have a row. Thread safe.
///
/// A damaged pack is marked in the catalog before the failure is thrown. No file is held open: a pack may go while it
/// is read, which is a [PackGoneException].
public final class PackFiles {
    private static final int MOST_TABLES = 256;

    private final FileOperations files;
    private final Path folder;
    private final Catalog catalog;
    private final Map<Long, OpenPack> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, OpenPack> eldest) {
            return size() > MOST_TABLES;
        }
    };

    /// @param folder of the packs
    public PackFiles(FileOperations files, Path folder, Catalog catalog) {
        this.files = files;
        this.folder = folder;
        this.catalog = catalog;
    }

    /// A pack whose footer was read.
    private record OpenPack(Path file, FrameTable table) {}

    /// A frame's bytes before compression.
    ///
    /// @param rawOffset where it begins in the raw space
    /// @param bytes nobody may change them
    @SuppressWarnings("ArrayRecordComponent") // read by one stream, never compared
    record Frame(long rawOffset, byte[] bytes) {
        boolean holds(long offset) {
            return offset >= rawOffset && offset < rawOffset + bytes.length;
        }
    }

    /// Reads the frame that holds a byte.
    ///
    /// @throws PackGoneException when there is no such pack any more
    /// @throws DrayException of kind CORRUPT when its bytes are wrong
    Frame frame(long pack, long rawOffset) throws IOException {
        OpenPack open = open(pack);
        int frame = open.table().at(rawOffset);
        if (frame < 0) {
            throw damaged(pack, open.file(), "it has no byte %d".formatted(rawOffset));
        }
        byte[] stored = read(pack, open, frame);
        byte[] bytes = new byte[open.table().rawLength(frame)];
        if (!decompress(stored, bytes)) {
            throw damaged(
                    pack,
                    open.file(),
                    "the frame at byte %d is wrong".formatted(open.table().offset(frame)));
        }
        return new Frame(open.table().rawOffset(frame), bytes);
    }

    /// @return false when they are not what was compressed
    private static boolean decompress(byte[] frame, byte[] target) {
        try {
            return Zstd.decompressByteArray(target, 0, target.length, frame, 0, frame.length) == target.length;
        } catch (ZstdException e) {
            return false;
        }
    }

    private byte[] read(long pack, OpenPack open, int frame) throws IOException {
        int length = open.table().length(frame);
        try (InputStream stream = files.read(open.file(), open.table().offset(frame))) {
            byte[] stored = stream.readNBytes(length);
            if (stored.length < length) {
                throw damaged(pack, open.file(), "it is too short");
            }
            return stored;
        } catch (NoSuchFileException e) {
            throw gone(pack, open.file());
        }
    }

    private OpenPack open(long pack) throws IOException {
        synchronized (known) {
            OpenPack open = known.get(pack);
            if (open != null) {
                return open;
            }
        }
        PackTable.Row row = catalog.read(transaction -> transaction.packs().find(pack))
                .orElseThrow(() -> new PackGoneException(pack));
        OpenPack open = new OpenPack(folder.resolve(row.file()), table(row));
        synchronized (known) {
            known.put(pack, open);
        }
        return open;
    }

    private FrameTable table(PackTable.Row row) throws IOException {
        Path file = folder.resolve(row.file());
        try {
            FrameTable table = new FrameTable(PackFooter.read(files, file));
            if (!table.fits(row)) {
                throw damaged(row.id(), file, "it is not the pack that was written");
            }
            return table;
        } catch (NoSuchFileException e) {
            throw gone(row.id(), file);
        } catch (DrayException e) {
            if (e.kind() == Kind.CORRUPT) {
                markDamaged(row.id());
            }
            throw e;
        }
    }

    /// Without a row, the pack was collected; with one, its file was lost.
    private IOException gone(long pack, Path file) {
        synchronized (known) {
            known.remove(pack);
        }
        if (catalog.read(transaction -> transaction.packs().find(pack)).isPresent()) {
            throw damaged(pack, file, "its file is gone");
        }
        return new PackGoneException(pack);
    }

    private DrayException damaged(long pack, Path file, String how) {
        markDamaged(pack);
        return new DrayException(Kind.CORRUPT, "pack \"%s\" is damaged: %s".formatted(file.getFileName(), how));
    }

    /// Notes that bytes of a pack are wrong.
    public void markDamaged(long pack) {
        synchronized (known) {
            known.remove(pack);
        }
        catalog.change(transaction -> transaction.packs().markDamaged(pack));
    }
}
