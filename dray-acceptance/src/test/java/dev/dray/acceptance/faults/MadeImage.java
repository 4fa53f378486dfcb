package dev.dray.acceptance.faults;

import dev.dray.acceptance.stage.PlainClient;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.store.Store;
import dev.dray.store.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An image of a registry, and the blobs that a store must provide once it has it.
///
/// @param manifest its digest
/// @param blobs its config and layers
record MadeImage(String name, Digest manifest, List<Descriptor> blobs) {
    MadeImage {
        blobs = List.copyOf(blobs);
    }

    static MadeImage fetch(String name) throws IOException, InterruptedException {
        Reference reference = Reference.parse(name);
        try (PlainClient client = new PlainClient(reference.host())) {
            RawBytes raw =
                    RawBytes.copyOf(client.manifest(reference.repository().toString(), reference.selector()));
            Manifest.Image image = (Manifest.Image) Manifest.parse(Manifest.typeOf(raw), raw);
            List<Descriptor> blobs = new ArrayList<>(image.layers());
            blobs.add(image.config());
            return new MadeImage(name, raw.sha256(), blobs);
        }
    }

    Reference reference() {
        return Reference.parse(name);
    }

    /// The parts that the store lacks or returns with wrong bytes; read by the store and hashed here.
    List<String> lost(Store store) {
        RepositoryName repository = reference().fullName();
        List<String> lost = new ArrayList<>();
        Optional<Digest> tagged = store.catalog()
                .read(transaction -> transaction
                        .repository(repository)
                        .tags()
                        .find(reference().tag().orElseThrow()));
        if (!tagged.equals(Optional.of(manifest))) {
            lost.add("%s is %s".formatted(name, tagged));
        }
        for (Descriptor descriptor : blobs) {
            Optional<Blob> blob = store.blobs().find(repository, descriptor.digest());
            if (blob.isEmpty()) {
                lost.add("%s has no blob %s".formatted(name, descriptor.digest()));
            } else {
                wrong(blob.get()).ifPresent(lost::add);
            }
        }
        return lost;
    }

    private static Optional<String> wrong(Blob blob) {
        try (InputStream bytes = blob.open(0)) {
            Digest read = Digest.sha256(bytes.readAllBytes());
            return read.equals(blob.digest())
                    ? Optional.empty()
                    : Optional.of("blob %s is read as %s".formatted(blob.digest(), read));
        } catch (IOException | RuntimeException e) {
            return Optional.of("blob %s: %s".formatted(blob.digest(), e));
        }
    }
}
