package dev.dray.engine;

import dev.dray.engine.policy.LayerChange;
import dev.dray.engine.policy.LayerDetail;
import dev.dray.engine.policy.LayerPolicy;
import dev.dray.engine.policy.LayerState;
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
import dev.dray.store.catalog.LayerTable;
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

/// Shows and changes how the store holds layers: the policy, the form of each layer, pins. Thread safe; lives as
/// long as its [Engine].
public final class LayerStorage {
    private final Store store;
    private final BlobRepair repair;

    LayerStorage(Store store, BlobRepair repair) {
        this.store = store;
        this.repair = repair;
    }

    /// The storage policy.
    public LayerPolicy policy() {
        return new StoredPolicy(store).read();
    }

    /// Changes the rules. Stored layers stay as they are until [#convert].
    public LayerPolicy changePolicy(UnaryOperator<LayerPolicy> change) {
        return new StoredPolicy(store).change(change);
    }

    /// The changes that [#convert] would make.
    public List<LayerChange> plan(List<StoredImage> images, Optional<StorageForm> form) throws IOException {
        List<Used> layers = ImageLayerList.of(store, images).all();
        RequiredForms required = required(layers, form);
        List<LayerChange> plan = new ArrayList<>();
        for (Used layer : layers) {
            state(layer.blob().digest())
                    .ifPresent(state -> plan.add(LayerChange.plan(layer.blob(), state, required.of(layer.blob()))));
        }
        return plan;
    }

    /// Brings the layers of images to the form that is required of them.
    ///
    /// @param form in the repositories of these images; empty for the policy's. Other repositories that have the
    ///     layers, and pinned images, may require more, and get it
    public PolicyReport convert(List<StoredImage> images, Optional<StorageForm> form, PolicyListener listener)
            throws IOException {
        List<Used> layers = ImageLayerList.of(store, images).all();
        try (Lease lease = store.lease();
                PolicyApplier applier = new PolicyApplier(required(layers, form), false, listener)) {
            lease.cover(layers.stream().map(layer -> layer.blob().digest()).toList());
            for (Used layer : layers) {
                if (state(layer.blob().digest()).isPresent()) {
                    applier.apply(layer.blob());
                }
            }
            return applier.await();
        }
    }

    private RequiredForms required(List<Used> layers, Optional<StorageForm> form) {
        Map<Digest, Set<RepositoryName>> own = new HashMap<>();
        layers.forEach(layer -> own.put(layer.blob().digest(), layer.repositories()));
        return new RequiredForms(store, policy(), digest -> own.getOrDefault(digest, Set.of()), form);
    }

    private Optional<LayerState> state(Digest digest) {
        return store.catalog().read(transaction -> LayerState.read(transaction, digest));
    }

    /// Pins the blobs of an image, and of all images below an index: they have files, whatever the policy says.
    /// Missing files are rebuilt.
    ///
    /// @return false when it was pinned before
    public boolean pin(StoredImage image, PolicyListener listener) throws IOException {
        List<Digest> manifests = manifests(image);
        boolean changed = store.catalog().write(transaction -> {
            boolean added = false;
            for (Digest manifest : manifests) {
                added |= transaction.policies().pin(manifest);
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
                removed |= transaction.policies().unpin(manifest);
            }
            return removed;
        });
    }

    private List<Digest> manifests(StoredImage image) throws IOException {
        return List.copyOf(ImageLayerList.graph(store, image).manifests().keySet());
    }

    /// The layers of images, each blob once, with the form of each.
    public List<ListedLayer> layers(List<StoredImage> images) throws IOException {
        DiskCount disk = new DiskCount(store);
        List<ListedLayer> listed = new ArrayList<>();
        LayerPolicy policy = policy();
        for (Used layer : ImageLayerList.of(store, images).all()) {
            Optional<LayerState> state = state(layer.blob().digest());
            if (state.isPresent()) {
                int group = disk.add(List.of(layer.blob().digest()));
                RequiredForms required = RequiredForms.in(store, policy, layer.repositories());
                listed.add(new ListedLayer(
                        layer.blob(),
                        List.copyOf(layer.images()),
                        state.get(),
                        state.get().form(required.of(layer.blob())),
                        disk.first(group)));
            }
        }
        return listed;
    }

    /// A closer look at one layer.
    public LayerDetail detail(ListedLayer layer) throws IOException {
        return LayerDetail.of(store, layer);
    }

    /// Writes the `tar-split.json.gz` of a layer that is stored as contents, for Go's tools.
    ///
    /// @throws DrayException of kind CONFLICT when it is not stored so, UNSUPPORTED when Go's tools cannot handle
    ///     it
    public void exportTarSplit(Digest blob, OutputStream out) throws IOException {
        LayerTable.Row layer = state(blob)
                .flatMap(LayerState::tar)
                .flatMap(tar -> store.layers().find(tar.diffId()))
                .orElseThrow(() -> new DrayException(
                                DrayException.Kind.CONFLICT, "blob %s is not stored as contents".formatted(blob))
                        .advising("convert it first: dray layers convert --keep both IMAGE"));
        TarSplitExporter exporter = new TarSplitExporter(out);
        try (InputStream tar = store.layers().tar(layer).open(0)) {
            tar.transferTo(exporter);
        }
        exporter.finish();
    }

    /// Rebuilds the layers of images in full, reads their files, and compares every digest.
    ///
    /// @param sample how many layers to look at, chosen by chance; empty for all
    /// @param repairDamage whether damaged blobs are fetched again from where they were seen
    public LayerCheck verify(
            List<StoredImage> images, Optional<Integer> sample, boolean repairDamage, PolicyListener listener)
            throws IOException {
        List<Used> layers = ImageLayerList.of(store, images).all();
        if (sample.isPresent() && sample.get() < layers.size()) {
            Collections.shuffle(layers);
            layers = layers.subList(0, sample.get());
        }
        return new LayerVerify(store, repairDamage ? Optional.of(repair) : Optional.empty(), listener).verify(layers);
    }

    /// The disk space of the store.
    public StoreUse use(List<StoredImage> images) throws IOException {
        return new StoreUseCount(store).count(images);
    }
}
