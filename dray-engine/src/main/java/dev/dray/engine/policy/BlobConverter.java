package dev.dray.engine.policy;

import dev.dray.engine.policy.LayerState.Form;
import dev.dray.engine.policy.PolicyListener.Step;
import dev.dray.engine.policy.RequiredForms.Requirement;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.image.Descriptor;
import dev.dray.store.Store;
import dev.dray.store.catalog.RecipeTable;
import dev.dray.store.layer.Layers;
import dev.dray.store.layer.Proof;
import dev.dray.store.layer.SplitOutcome;
import java.util.Optional;

/// Applies the policy to one stored blob. CPU-bound and native: call on a platform thread. Durable on return. Thread
/// safe.
final class BlobConverter {
    private final Store store;
    private final Layers layers;
    private final PolicyListener listener;

    BlobConverter(Store store, PolicyListener listener) {
        this.store = store;
        this.layers = store.layers();
        this.listener = listener;
    }

    /// @param split of this blob, when it was split a moment ago
    LayerChange convert(Descriptor blob, Requirement requirement, Optional<SplitOutcome.Split> split) {
        LayerChange plan = plan(blob, requirement);
        if (plan.form() instanceof Form.Inline) {
            return plan;
        }
        StorageForm required = requirement.form();
        long restored = required.file() ? restore(blob) : 0;
        if (!required.recipe()) {
            layers.dropRecipe(blob.digest());
            return plan.done(new Form.Blob(requirement.reason()), 0, restored);
        }
        return switch (prove(blob, split)) {
            case Proof.Verbatim(String reason) -> plan.done(new Form.Verbatim(reason), 0, restored);
            case Proof.Exact(RecipeTable.Row recipe) ->
                required.file()
                        ? plan.done(
                                new Form.Both(recipe.encoder(), recipe.bytes().size()), 0, restored)
                        : dropFile(plan, recipe);
        };
    }

    /// Plans the change of a blob to the required form; nothing is done.
    LayerChange plan(Descriptor blob, Requirement requirement) {
        return LayerChange.plan(blob, state(blob.digest()), requirement);
    }

    /// A blob that was pinned meanwhile keeps its file.
    private LayerChange dropFile(LayerChange plan, RecipeTable.Row recipe) {
        Descriptor blob = plan.blob();
        boolean dropped = layers.dropFile(blob.digest());
        return state(blob.digest()).hasFile()
                ? plan.done(new Form.Blob(Form.Reason.PINNED), 0, 0)
                : plan.done(new Form.Recipe(recipe.encoder(), recipe.bytes().size()), dropped ? blob.size() : 0, 0);
    }

    private Proof prove(Descriptor blob, Optional<SplitOutcome.Split> split) {
        listener.step(blob, Step.PROVING);
        return split.isPresent() ? layers.prove(blob.digest(), split.get()) : layers.prove(blob.digest());
    }

    private long restore(Descriptor blob) {
        if (state(blob.digest()).location() != LayerState.Location.RECIPE) {
            return 0;
        }
        listener.step(blob, Step.RESTORING);
        layers.restoreFile(blob.digest());
        return blob.size();
    }

    private LayerState state(Digest digest) {
        return store.catalog()
                .read(transaction -> LayerState.read(transaction, digest))
                .orElseThrow(() -> new DrayException(
                                DrayException.Kind.NOT_FOUND, "blob %s is not in the store any more".formatted(digest))
                        .about(digest));
    }
}
