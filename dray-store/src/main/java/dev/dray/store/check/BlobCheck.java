package dev.dray.store.check;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.store.catalog.BlobLocation;
import dev.dray.store.catalog.BlobTable;
import dev.dray.store.catalog.BlobTable.BlobUse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Looks whether each blob's bytes are there, and in a deep check whether they are the right ones. A blob that is found
/// damaged is marked, so that the next pull or push of it heals it.
///
/// @param verify rebuilds a blob from its recipe and compares, with a [DrayException] when it disagrees
record BlobCheck(Examination examination, Consumer<Digest> verify) {
    private static final int SLAB = 1 << 20;

    /// @return how many there are
    long run() throws IOException {
        long count = 0;
        for (List<BlobUse> page : examination.pages(
                (transaction, last, limit) -> transaction.blobs().list(last, limit), BlobUse::digest)) {
            for (BlobUse use : page) {
                check(use.row());
            }
            count += page.size();
        }
        return count;
    }

    private void check(BlobTable.Row row) throws IOException {
        Optional<String> damage = row.damaged() ? Optional.of("it was found damaged before") : damage(row);
        if (damage.isEmpty()) {
            return;
        }
        boolean meanwhile = examination
                .catalog
                .read(transaction -> transaction.blobs().find(row.digest()))
                .filter(now -> now.location().equals(row.location()))
                .isEmpty();
        if (!meanwhile) {
            examination.markDamaged(List.of(row.digest()));
            examination.found(Finding.Kind.BLOB, row.digest().toString(), damage.get(), List.of(row.digest()));
        }
    }

    private Optional<String> damage(BlobTable.Row row) throws IOException {
        return switch (row.location()) {
            case BlobLocation.Inline() -> inline(row);
            case BlobLocation.File(String name) -> file(row, name);
            case BlobLocation.Rebuilt() -> rebuilt(row);
        };
    }

    private Optional<String> inline(BlobTable.Row row) {
        Optional<RawBytes> bytes =
                examination.catalog.read(transaction -> transaction.blobs().bytes(row.digest()));
        if (bytes.isEmpty()) {
            return Optional.of("its bytes are missing from the database");
        }
        RawBytes raw = bytes.get();
        if (raw.size() != row.size()) {
            return Optional.of("the database has %d bytes of its %d".formatted(raw.size(), row.size()));
        }
        if (!examination.options.deep()) {
            return Optional.empty();
        }
        examination.read(raw.size());
        Digest actual = raw.digest(row.digest().algorithm());
        return actual.equals(row.digest()) ? Optional.empty() : Optional.of("its bytes hash to " + actual);
    }

    private Optional<String> file(BlobTable.Row row, String name) throws IOException {
        Path file = examination.layout.blob(name);
        OptionalLong length = examination.files.length(file);
        if (length.isEmpty()) {
            return Optional.of("its file blobs/%s is missing".formatted(name));
        }
        if (length.getAsLong() != row.size()) {
            return Optional.of(
                    "its file blobs/%s has %d bytes of its %d".formatted(name, length.getAsLong(), row.size()));
        }
        if (!examination.options.deep()) {
            return Optional.empty();
        }
        try {
            Digest actual = hash(file, row.digest().algorithm());
            return actual.equals(row.digest())
                    ? Optional.empty()
                    : Optional.of("its file blobs/%s hashes to %s".formatted(name, actual));
        } catch (IOException e) {
            return Optional.of("its file blobs/%s cannot be read: %s".formatted(name, e));
        }
    }

    private Digest hash(Path file, Digest.Algorithm algorithm) throws IOException {
        MessageDigest hasher = algorithm.hasher();
        byte[] slab = new byte[SLAB];
        try (InputStream in = examination.files.read(file, 0)) {
            for (int read = in.read(slab); read >= 0; read = in.read(slab)) {
                hasher.update(slab, 0, read);
                examination.read(read);
            }
        }
        return Digest.of(algorithm, hasher.digest());
    }

    /// Parts that its layer lacks are found with the layer.
    private Optional<String> rebuilt(BlobTable.Row row) {
        boolean recipe = examination.catalog.read(transaction -> transaction
                .recipes()
                .find(row.digest())
                .flatMap(found -> transaction.layers().find(found.layer()))
                .isPresent());
        if (!recipe) {
            return Optional.of("it has neither bytes nor a recipe");
        }
        if (examination.options.deep()) {
            try {
                verify.accept(row.digest());
                examination.read(row.size());
            } catch (DrayException e) {
                if (e.kind() == DrayException.Kind.CORRUPT) {
                    return Optional.of("it cannot be rebuilt from its recipe: " + e.getMessage());
                }
                throw e;
            }
        }
        return Optional.empty();
    }
}
