package dev.dray.engine.copy;

import dev.dray.engine.transfer.ResolvedImage;
import java.io.IOException;
import java.util.List;

/// The target of a copy.
interface CopyTarget {
    /// Takes an image and what refers to it; all of it is there when this returns.
    Sent receive(ResolvedImage image, List<ResolvedImage> referrers) throws IOException;

    /// The result of a copy.
    ///
    /// @param blobs how many there were
    /// @param moved how many of them were sent or written
    /// @param linked how many a registry mounted
    /// @param bytes of those moved
    /// @param notes what is not there as it was in the source, a sentence each
    record Sent(int blobs, int moved, int linked, long bytes, List<String> notes) {
        public Sent {
            notes = List.copyOf(notes);
        }
    }
}
