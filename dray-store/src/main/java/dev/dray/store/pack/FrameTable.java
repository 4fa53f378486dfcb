package dev.dray.store.pack;

import dev.dray.store.catalog.PackTable;
import java.util.Arrays;
import java.util.List;

/// Where the frames of a pack lie, in its file and in its raw space. Immutable.
final class FrameTable {
    private final long[] offsets;
    private final long[] rawOffsets;

    FrameTable(PackFooter footer) {
        List<PackFooter.Frame> frames = footer.frames();
        offsets = new long[frames.size() + 1];
        rawOffsets = new long[frames.size() + 1];
        for (int i = 0; i < frames.size(); i++) {
            offsets[i + 1] = offsets[i] + frames.get(i).length();
            rawOffsets[i + 1] = rawOffsets[i] + frames.get(i).rawLength();
        }
    }

    boolean fits(PackTable.Row row) {
        return rawOffsets[rawOffsets.length - 1] == row.rawSize() && offsets[offsets.length - 1] < row.size();
    }

    /// The frame that holds a byte of the raw space; -1 when none does.
    int at(long rawOffset) {
        int found = Arrays.binarySearch(rawOffsets, rawOffset);
        int frame = found >= 0 ? found : -found - 2;
        return frame < offsets.length - 1 ? frame : -1;
    }

    long offset(int frame) {
        return offsets[frame];
    }

    int length(int frame) {
        return (int) (offsets[frame + 1] - offsets[frame]);
    }

    long rawOffset(int frame) {
        return rawOffsets[frame];
    }

    int rawLength(int frame) {
        return (int) (rawOffsets[frame + 1] - rawOffsets[frame]);
    }
}
