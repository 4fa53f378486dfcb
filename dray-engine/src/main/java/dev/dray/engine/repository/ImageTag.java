package dev.dray.engine.repository;

import dev.dray.engine.transfer.ReferrerWalk;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageGraph;
import dev.dray.model.image.Manifest;
import dev.dray.store.Store;
import dev.dray.store.catalog.Transaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Gives an image of the store another name, in one transaction and without a byte of its blobs. Referrers of the
/// image is found under the new name too. Thread safe.
public final class ImageTag {
    private final Store store;

    public ImageTag(Store store) {
        this.store = store;
    }

    public void tag(StoredImage image, Reference target) throws IOException {
        StoredRepository source = new StoredRepository(store, image.repository());
        List<ImageGraph> graphs = new ArrayList<>();
        ResolvedImage resolved = new ResolvedImage(
                source, ImageGraph.readPresent(source, image.manifest(), image.digest()), image.digest());
        graphs.add(resolved.graph());
        new ReferrerWalk(source).of(resolved).forEach(referrer -> graphs.add(referrer.graph()));
        Tag tag = target.tag().orElse(Tag.LATEST);
        store.catalog().change(transaction -> {
            requirePresent(transaction, image);
            graphs.forEach(graph -> link(transaction, image.repository(), target.fullName(), graph));
            transaction.repository(target.fullName()).tags().set(tag, image.digest());
        });
    }

    /// Another process may have removed the image since it was found.
    private static void requirePresent(Transaction transaction, StoredImage image) {
        if (transaction
                .repository(image.repository())
                .manifests()
                .find(image.digest())
                .isEmpty()) {
            throw new DrayException(
                    DrayException.Kind.NOT_FOUND, "image \"%s\" was removed meanwhile".formatted(image.reference()));
        }
    }

    private static void link(Transaction transaction, RepositoryName from, RepositoryName to, ImageGraph graph) {
        Transaction.Repository source = transaction.repository(from);
        Transaction.Repository target = transaction.repository(to);
        for (Descriptor blob : graph.blobs()) {
            if (source.links().find(blob.digest()).isPresent()) {
                target.links().add(blob.digest());
            }
        }
        for (Map.Entry<Digest, Manifest> manifest : graph.manifests().entrySet()) {
            target.manifests().put(manifest.getKey(), manifest.getValue());
        }
    }
}
