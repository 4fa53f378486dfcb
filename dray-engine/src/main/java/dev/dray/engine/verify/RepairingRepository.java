package dev.dray.engine.verify;

import dev.dray.engine.repository.StoredRepository;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.ReferrerSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A repository of the store, whose blobs are fetched again when they are found damaged while they are read: the stream
/// goes on with the byte at which it broke off, since what was given until then had been compared with its hash.
/// Thread safe.
public record RepairingRepository(StoredRepository stored, RepositoryName name, DamagedBlobs damaged)
        implements ImageSource, ReferrerSource {
    @Override
    public Manifest manifest(ManifestSelector selector) {
        return stored.manifest(selector);
    }

    @Override
    public List<Descriptor> referrers(Digest subject) {
        return stored.referrers(subject);
    }

    @Override
    public Content blob(Descriptor descriptor) {
        stored.requirePresent(descriptor);
        return new Content() {
            @Override
            public Digest digest() {
                return descriptor.digest();
            }

            @Override
            public long size() {
                return descriptor.size();
            }

            @Override
            public InputStream open(long offset) throws IOException {
                return new RepairingStream(
                        position -> stored.blob(descriptor).open(position),
                        failure -> damaged.mend(descriptor, name, failure),
                        offset);
            }
        };
    }
}
