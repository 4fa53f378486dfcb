package dev.dray.store.check;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.store.catalog.Manifests.Stored;
import dev.dray.store.catalog.Pages;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.check.Finding.Sufferer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Looks whether each manifest is what its digest says, and whether its repository has the blobs that it names.
record ManifestCheck(Examination examination) {
    private static final int MANIFESTS = 50;

    /// @return how many there are
    long run() {
        long count = 0;
        for (List<RepositoryName> page : examination.pages(Transaction::repositories, Function.identity())) {
            for (RepositoryName repository : page) {
                count += check(repository);
            }
        }
        return count;
    }

    private long check(RepositoryName repository) {
        long count = 0;
        for (List<Stored> page : Pages.of(
                examination.catalog,
                MANIFESTS,
                (transaction, last, limit) ->
                        transaction.repository(repository).manifests().list(last, limit),
                Stored::digest)) {
            page.forEach(stored -> check(repository, stored));
            count += page.size();
        }
        return count;
    }

    private void check(RepositoryName repository, Stored stored) {
        Digest actual = stored.raw().digest(stored.digest().algorithm());
        examination.read(stored.raw().size());
        if (!actual.equals(stored.digest())) {
            broken(repository, stored, "its bytes hash to " + actual);
            return;
        }
        try {
            if (stored.parse() instanceof Manifest.Image image) {
                checkBlobs(repository, stored.digest(), image);
            }
        } catch (DrayException e) {
            broken(repository, stored, "it cannot be read: " + e.getMessage());
        }
    }

    private void broken(RepositoryName repository, Stored stored, String what) {
        examination.found(new Finding(
                Finding.Kind.MANIFEST,
                stored.digest().toString(),
                what,
                false,
                List.of(new Sufferer(repository, stored.digest()))));
    }

    private void checkBlobs(RepositoryName repository, Digest manifest, Manifest.Image image) {
        List<Digest> named = image.blobs().stream()
                .filter(blob -> !blob.mayBeAbsent())
                .map(Descriptor::digest)
                .distinct()
                .toList();
        List<Digest> missing = examination.catalog.read(transaction -> still(transaction, repository, manifest)
                ? List.copyOf(transaction.repository(repository).links().missing(named))
                : List.of());
        List<Digest> absent = new ArrayList<>(missing);
        for (Digest blob : missing) {
            if (examination
                    .catalog
                    .read(transaction -> transaction.blobs().find(blob))
                    .isPresent()) {
                absent.remove(blob);
                relink(repository, manifest, blob);
            }
        }
        for (Digest blob : absent) {
            examination.found(new Finding(
                    Finding.Kind.BLOB,
                    blob.toString(),
                    "it is missing",
                    false,
                    List.of(new Sufferer(repository, manifest))));
        }
    }

    private static boolean still(Transaction transaction, RepositoryName repository, Digest manifest) {
        return transaction.repository(repository).manifests().find(manifest).isPresent();
    }

    /// No manifest is taken without the links to its blobs, so a link that is missing was lost.
    private void relink(RepositoryName repository, Digest manifest, Digest blob) {
        boolean repaired = examination.options.repair()
                && examination.catalog.write(transaction -> {
                    boolean stays = still(transaction, repository, manifest)
                            && transaction.blobs().find(blob).isPresent();
                    if (stays) {
                        transaction.repository(repository).links().add(blob);
                    }
                    return stays;
                });
        examination.found(new Finding(
                Finding.Kind.LINK,
                blob.toString(),
                "it is not linked in %s, where a manifest names it".formatted(repository),
                repaired,
                repaired ? List.of() : List.of(new Sufferer(repository, manifest))));
    }
}
