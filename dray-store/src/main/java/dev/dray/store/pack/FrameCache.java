package dev.dray.store.pack;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The frames that one reader of a layer is at: contents, small contents and recipe lie in frames of their own, and
/// contents that were there before in those of other packs. Not thread safe.
final class FrameCache {
    private static final int MOST = 6;

    private final PackFiles files;
    private final SequencedMap<Key, PackFiles.Frame> frames = new LinkedHashMap<>();

    private record Key(long pack, long rawOffset) {}

    FrameCache(PackFiles files) {
        this.files = files;
    }

    PackFiles.Frame frame(long pack, long rawOffset) throws IOException {
        for (var entry : frames.sequencedEntrySet().reversed()) {
            if (entry.getKey().pack() == pack && entry.getValue().holds(rawOffset)) {
                PackFiles.Frame found = entry.getValue();
                frames.putLast(entry.getKey(), found);
                return found;
            }
        }
        if (frames.size() == MOST) {
            frames.pollFirstEntry();
        }
        PackFiles.Frame read = files.frame(pack, rawOffset);
        frames.putLast(new Key(pack, read.rawOffset()), read);
        return read;
    }
}
