package dev.dray.engine;

import dev.dray.model.Descriptor;
import dev.dray.model.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The engine's store as the target of a copy.
record StoreTarget(ImageIntake intake, Reference target) implements CopyTarget {
    @Override
    public Sent receive(Parcel image, List<Parcel> referrers) throws IOException {
        ImageIntake.Taken taken = intake.take(image, target.fullName(), target.tag());
        List<Descriptor> fetched = new ArrayList<>(taken.fetched());
        int blobs = taken.blobs();
        for (Parcel referrer : referrers) {
            ImageIntake.Taken more = intake.take(referrer, target.fullName(), Optional.empty());
            fetched.addAll(more.fetched());
            blobs += more.blobs();
        }
        return new Sent(
                blobs,
                fetched.size(),
                0,
                fetched.stream().mapToLong(Descriptor::size).sum(),
                List.of());
    }
}
