package dev.dray.engine.transfer;

import dev.dray.client.MirroredContent;
import dev.dray.client.transfer.BlobFate;
import dev.dray.client.transfer.TaskGroup;
import dev.dray.client.transfer.TransferListener;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSink;
import dev.dray.model.image.ImageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/// Moves blobs from a source to a sink, which names the blobs that it lacks first, and gets no others. (Registries are
/// the business of the push planner.)
///
/// @param atOnce most blobs under way at the same time
public record ImageWalk(ImageSource source, ImageSink sink, int atOnce, TransferListener listener) {
    public static final int AT_ONCE = 5;

    /// Takes the blobs there that are missing.
    ///
    /// @return those that were taken
    public List<Descriptor> blobs(Collection<Descriptor> blobs) throws IOException {
        Set<Digest> missing = sink.missing(blobs);
        List<Descriptor> toTake = new ArrayList<>();
        for (Descriptor blob : blobs) {
            if (missing.contains(blob.digest())) {
                toTake.add(blob);
            } else {
                listener.begin(blob);
                listener.done(blob, new BlobFate.AlreadyThere());
            }
        }
        List<Descriptor> taken = Collections.synchronizedList(new ArrayList<>());
        TaskGroup.forEachOnPlatformThreads(toTake, atOnce, blob -> {
            if (take(blob)) {
                taken.add(blob);
            }
        });
        return List.copyOf(taken);
    }

    private boolean take(Descriptor blob) throws IOException {
        listener.begin(blob);
        try {
            put(blob, source.blob(blob));
        } catch (DrayException absent) {
            if (absent.kind() == DrayException.Kind.NOT_FOUND && blob.mayBeAbsent()) {
                listener.done(blob, new BlobFate.AlreadyThere());
                return false;
            }
            throw absent;
        }
        listener.done(blob, new BlobFate.Downloaded());
        return true;
    }

    /// From as many places as there are, one after the other, until one has the right bytes.
    private void put(Descriptor blob, Content content) throws IOException {
        while (true) {
            try {
                sink.putBlob(blob, new ReportedContent(blob, content, listener));
                return;
            } catch (DrayException wrong) {
                if (!hasAlternative(content, wrong)) {
                    throw wrong;
                }
            }
        }
    }

    private static boolean hasAlternative(Content content, DrayException wrong) {
        return wrong.kind() == DrayException.Kind.CORRUPT
                && content instanceof MirroredContent mirrored
                && mirrored.hasAlternative();
    }
}
