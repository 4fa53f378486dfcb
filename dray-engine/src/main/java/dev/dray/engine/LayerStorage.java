package dev.dray.engine;

import dev.dray.engine.policy.Conversion;
import dev.dray.engine.policy.LayerDetail;
import dev.dray.engine.policy.LayerFacts;
import dev.dray.engine.policy.LayerPolicy;
import dev.dray.engine.policy.ListedLayer;
import dev.dray.engine.policy.PolicyApplier;
import dev.dray.engine.policy.PolicyListener;
import dev.dray.engine.policy.PolicyReport;
import dev.dray.engine.policy.RequiredForms;
import dev.dray.engine.policy.StorageForm;
import dev.dray.engine.policy.StoredPolicy;
import dev.dray.engine.repository.ImageLayerList;
import dev.dray.engine.repository.ImageLayerList.Used;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.usage.DiskCount;
import dev.dray.engine.usage.StoreUse;
import dev.dray.engine.usage.StoreUseCount;
import dev.dray.engine.verify.BlobRepair;
import dev.dray.engine.verify.LayerCheck;
import dev.dray.engine.verify.LayerVerify;
import dev.dray.layer.tarsplit.TarSplitExporter;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RepositoryName;
import dev.dray.store.Store;
import dev.dray.store.catalog.LayerRow;
import dev.dray.store.process.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What the store keeps of layers, to be seen and changed. Thread safe; lives as long as its [Engine].
public final class LayerStorage {
    private final Store store;
    private final BlobRepair repair;

    LayerStorage(Store store, BlobRepair repair) {
        this.store = store;
        this.repair = repair;
    }

    /// What is wanted of layers.
    public LayerPolicy policy() {
        return new StoredPolicy(store).read();
    }

    /// Changes the rules; what is kept already is not touched.
    public LayerPolicy changePolicy(UnaryOperator<LayerPolicy> change) {
        return new StoredPolicy(store).change(change);
    }

    /// What [#convert] would do.
    public List<Conversion> plan(List<StoredImage> images, Optional<StorageForm> keep) throws IOException {
        List<Used> layers = ImageLayerList.of(store, images).all();
        RequiredForms wishes = wishes(layers, keep);
        List<Conversion> plan = new ArrayList<>();
        for (Used layer : layers) {
            facts(layer.blob().digest())
                    .ifPresent(facts -> plan.add(Conversion.of(layer.blob(), facts, wishes.of(layer.blob()))));
        }
        return plan;
    }

    /// Brings the layers of images to what is wanted of them.
    ///
    /// @param keep what is wanted in the repositories of these images; empty for what the policy says. Other
    ///     repositories that have the layers, and pinned images, may want more, and get it
    public PolicyReport convert(List<StoredImage> images, Optional<StorageForm> keep, PolicyListener listener)
            throws IOException {
        List<Used> layers = ImageLayerList.of(store, images).all();
        try (Lease lease = store.lease();
                PolicyApplier keeper = new PolicyApplier(wishes(layers, keep), false, listener)) {
            lease.cover(layers.stream().map(layer -> layer.blob().digest()).toList());
            for (Used layer : layers) {
                if (facts(layer.blob().digest()).isPresent()) {
                    keeper.keep(layer.blob());
                }
            }
            return keeper.await();
        }
    }

    private RequiredForms wishes(List<Used> layers, Optional<StorageForm> keep) {
        Map<Digest, Set<RepositoryName>> own = new HashMap<>();
        layers.forEach(layer -> own.put(layer.blob().digest(), layer.repositories()));
        return new RequiredForms(store, policy(), digest -> own.getOrDefault(digest, Set.of()), keep);
    }

    private Optional<LayerFacts> facts(Digest digest) {
        return store.catalog().read(transaction -> LayerFacts.read(transaction, digest));
    }

    /// Lets the blobs of an image, and of all images below an index, keep their files, whatever the policy says. Files
    /// that are gone are made again.
    ///
    /// @return false when it was pinned before
    public boolean pin(StoredImage image, PolicyListener listener) throws IOException {
        List<Digest> manifests = manifests(image);
        boolean changed = store.catalog().write(transaction -> {
            boolean added = false;
            for (Digest manifest : manifests) {
                added |= transaction.pins().add(manifest);
            }
            return added;
        });
        convert(List.of(image), Optional.empty(), listener);
        return changed;
    }

    /// Ends [#pin]. Files stay until a conversion.
    ///
    /// @return false when it was not pinned
    public boolean unpin(StoredImage image) throws IOException {
        List<Digest> manifests = manifests(image);
        return store.catalog().write(transaction -> {
            boolean removed = false;
            for (Digest manifest : manifests) {
                removed |= transaction.pins().remove(manifest);
            }
            return removed;
        });
    }

    private List<Digest> manifests(StoredImage image) throws IOException {
        return List.copyOf(ImageLayerList.graph(store, image).manifests().keySet());
    }

    /// The layers of images, each blob once, and how they are kept.
    public List<ListedLayer> layers(List<StoredImage> images) throws IOException {
        DiskCount disk = new DiskCount(store);
        List<ListedLayer> listed = new ArrayList<>();
        LayerPolicy policy = policy();
        for (Used layer : ImageLayerList.of(store, images).all()) {
            Optional<LayerFacts> facts = facts(layer.blob().digest());
            if (facts.isPresent()) {
                int group = disk.add(List.of(layer.blob().digest()));
                RequiredForms wishes = RequiredForms.in(store, policy, layer.repositories());
                listed.add(new ListedLayer(
                        layer.blob(),
                        List.copyOf(layer.images()),
                        facts.get(),
                        facts.get().kept(wishes.of(layer.blob())),
                        disk.first(group)));
            }
        }
        return listed;
    }

    /// All that is known of one layer.
    public LayerDetail detail(ListedLayer layer) throws IOException {
        return LayerDetail.of(store, layer);
    }

    /// Writes the `tar-split.json.gz` of a layer that is kept as contents, for Go's tools.
    ///
    /// @throws DrayException of kind CONFLICT when it is not kept so, UNSUPPORTED when Go's tools cannot handle it
    public void exportTarSplit(Digest blob, OutputStream out) throws IOException {
        LayerRow layer = facts(blob)
                .flatMap(LayerFacts::layer)
                .orElseThrow(() -> new DrayException(
                                DrayException.Kind.CONFLICT, "blob %s is not kept as contents".formatted(blob))
                        .advising("keep it so first: dray layers convert --keep both IMAGE"));
        TarSplitExporter exporter = new TarSplitExporter(out);
        try (InputStream tar = store.layers().tar(layer).open(0)) {
            tar.transferTo(exporter);
        }
        exporter.finish();
    }

    /// Makes the layers of images again in full, reads their files, and compares every digest.
    ///
    /// @param sample how many layers to look at, chosen by chance; empty for all
    /// @param mend whether damaged blobs are fetched again from where they were seen
    public LayerCheck verify(List<StoredImage> images, Optional<Integer> sample, boolean mend, PolicyListener listener)
            throws IOException {
        List<Used> layers = ImageLayerList.of(store, images).all();
        if (sample.isPresent() && sample.get() < layers.size()) {
            Collections.shuffle(layers);
            layers = layers.subList(0, sample.get());
        }
        return new LayerVerify(store, mend ? Optional.of(repair) : Optional.empty(), listener).verify(layers);
    }

    /// What the store takes of the disk.
    public StoreUse use(List<StoredImage> images) throws IOException {
        return new StoreUseCount(store).count(images);
    }
}
