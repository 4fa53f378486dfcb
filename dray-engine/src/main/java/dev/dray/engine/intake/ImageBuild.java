package dev.dray.engine.intake;

import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.policy.PolicyApplier;
import dev.dray.engine.policy.PolicyListener;
import dev.dray.engine.policy.RequiredForms;
import dev.dray.engine.policy.StoredPolicy;
import dev.dray.engine.repository.StoredImage;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import dev.dray.store.Store;
import dev.dray.store.blob.StagedBlob;
import dev.dray.store.catalog.Transaction;
import dev.dray.store.process.Lease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Builds an image from tars: layers, a config and a manifest, in a repository of the store. Thread safe.
public final class ImageBuild {
    private final Store store;
    private final LayerIntake intake;

    public ImageBuild(Store store) {
        this.store = store;
        this.intake = new LayerIntake(store);
    }

    public StoredImage build(List<LayerInput> inputs, ImageSettings settings, Reference reference) throws IOException {
        Reference name = reference.requireName();
        JsonObject changes = ConfigChanges.apply(settings.changes());
        try (Lease lease = store.lease()) {
            List<Descriptor> layers = new ArrayList<>();
            List<Digest> diffIds = new ArrayList<>();
            for (LayerInput input : inputs) {
                try (LayerIntake.Layer layer = intake.take(input)) {
                    lease.cover(List.of(layer.blob().digest()));
                    store.blobs().publish(layer.blob(), _ -> Boolean.TRUE);
                    layers.add(layer.descriptor());
                    diffIds.add(layer.diffId());
                }
            }
            RawBytes config = config(settings, changes, diffIds);
            lease.cover(List.of(config.sha256()));
            Manifest.Image manifest =
                    Manifest.Image.of(MediaType.OCI_MANIFEST, Descriptor.of(MediaType.OCI_CONFIG, config), layers);
            StoredImage image = publish(config, manifest, name);
            applyPolicy(image, layers);
            return image;
        }
    }

    private void applyPolicy(StoredImage image, List<Descriptor> layers) {
        RequiredForms required = RequiredForms.in(store, new StoredPolicy(store).read(), Set.of(image.repository()));
        try (PolicyApplier applier = new PolicyApplier(required, false, PolicyListener.of(TransferListener.silent()))) {
            layers.forEach(applier::apply);
            applier.await();
        }
    }

    /// Links, config, manifest and tag appear together: a build that breaks off leaves nothing in the repository.
    private StoredImage publish(RawBytes config, Manifest.Image manifest, Reference name) {
        Digest digest = manifest.raw().sha256();
        Tag tag = name.tag().orElse(Tag.LATEST);
        try (StagedBlob staged = store.blobs().stage(Digest.Algorithm.SHA256)) {
            staged.write(config.buffer());
            store.blobs().publish(staged.finish(), transaction -> {
                Transaction.Repository repository = transaction.repository(name.fullName());
                manifest.blobs().forEach(blob -> repository.links().add(blob.digest()));
                repository.manifests().put(digest, manifest);
                return repository.tags().set(tag, digest);
            });
        }
        return new StoredImage(name.fullName(), Optional.of(tag), digest, manifest);
    }

    private static RawBytes config(ImageSettings settings, JsonObject changes, List<Digest> diffIds) {
        JsonValue.ObjectBuilder config = JsonValue.object()
                .put("created", settings.created().toString())
                .put("architecture", settings.platform().architecture())
                .put("os", settings.platform().os());
        settings.platform().variant().ifPresent(variant -> config.put("variant", variant));
        JsonObject rootFs = JsonValue.object()
                .put("type", "layers")
                .put(
                        "diff_ids",
                        JsonValue.strings(diffIds.stream().map(Digest::toString).toList()))
                .build();
        return Json.write(config.put("config", changes)
                .put("rootfs", rootFs)
                .put("history", history(settings, diffIds.size()))
                .build());
    }

    private static JsonValue history(ImageSettings settings, int layers) {
        List<JsonValue> steps = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            steps.add(JsonValue.object()
                    .put("created", settings.created().toString())
                    .put("created_by", "dray import")
                    .put("comment", settings.comment().orElse("imported"))
                    .build());
        }
        return JsonValue.array(steps);
    }
}
