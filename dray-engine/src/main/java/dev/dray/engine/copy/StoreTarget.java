package dev.dray.engine.copy;

import dev.dray.engine.intake.ImageIntake;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.model.Reference;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The engine's store as the target of a copy.
record StoreTarget(ImageIntake intake, Reference target) implements CopyTarget {
    @Override
    public Sent receive(ResolvedImage image, List<ResolvedImage> referrers) throws IOException {
        ImageIntake.Taken taken = intake.take(image, target.fullName(), target.tag());
        for (ResolvedImage referrer : referrers) {
            taken = taken.and(intake.take(referrer, target.fullName(), Optional.empty()));
        }
        return new Sent(taken.blobs(), taken.fetched().size(), 0, taken.bytes(), List.of());
    }
}
