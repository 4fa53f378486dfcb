package dev.dray.engine.verify;

import dev.dray.engine.repository.StoredRepository;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.ReferrerSource;
import dev.dray.model.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// A repository of the store that repairs damaged blobs while they are read: the blob is fetched again, and the
/// stream goes on at the byte where it broke off, since the store had compared all bytes before it with their
/// hashes. Thread safe.
public record RepairingRepository(StoredRepository stored, RepositoryName name, BlobRepair repair)
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
        return new RepairedContent(descriptor);
    }

    private final class RepairedContent implements Content {
        private final Descriptor blob;

        RepairedContent(Descriptor blob) {
            this.blob = blob;
        }

        @Override
        public Digest digest() {
            return blob.digest();
        }

        @Override
        public long size() {
            return blob.size();
        }

        @Override
        public InputStream open(long offset) throws IOException {
            return new RepairedStream(blob, offset);
        }
    }

    /// One reader of a blob. Not thread safe.
    private final class RepairedStream extends BulkInputStream {
        private final Descriptor blob;
        private long position;
        private InputStream current;

        RepairedStream(Descriptor blob, long position) throws IOException {
            this.blob = blob;
            this.position = position;
            this.current = openRepaired();
        }

        private InputStream openRepaired() throws IOException {
            try {
                return open();
            } catch (IOException | DrayException failure) {
                if (repair.repair(blob, name, failure)) {
                    return open();
                }
                throw failure;
            }
        }

        private InputStream open() throws IOException {
            return stored.blob(blob).open(position);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count;
            try {
                count = current.read(target, offset, length);
            } catch (IOException | DrayException failure) {
                if (!repair.repair(blob, name, failure)) {
                    throw failure;
                }
                current.close();
                current = open();
                count = current.read(target, offset, length);
            }
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public void close() throws IOException {
            current.close();
        }
    }
}
