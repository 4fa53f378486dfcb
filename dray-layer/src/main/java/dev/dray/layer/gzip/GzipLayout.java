package dev.dray.layer.gzip;

import dev.dray.model.RawBytes;
import java.util.List;

/// The layout of a gzip file: members, one behind the other, and trailing bytes.
///
/// @param trailing what follows the last member: padding, garbage or nothing
public record GzipLayout(List<GzipMember> members, RawBytes trailing) {
    public GzipLayout {
        members = List.copyOf(members);
    }

    /// Length of the file.
    public long size() {
        return members.getLast().end() + trailing.size();
    }

    /// Plain bytes of all members.
    public long plainSize() {
        GzipMember last = members.getLast();
        return last.plainOffset() + last.plainLength();
    }
}
