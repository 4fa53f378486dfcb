package dev.dray.engine.policy;

import dev.dray.engine.policy.LayerState.Form;
import dev.dray.engine.policy.RequiredForms.Requirement;
import dev.dray.model.image.Descriptor;

/// The change of one layer's blob to the form that is required of it: planned, or done.
///
/// @param form the stored form, before the change when it is planned, after it when it is done
/// @param work the steps between the two
/// @param dropped bytes of a file that are removed
/// @param restored bytes of a file that are rebuilt
public record LayerChange(Descriptor blob, Form form, StorageForm required, Work work, long dropped, long restored) {
    /// The steps that a change takes.
    public enum Work {
        NOTHING,
        /// Split the blob if need be, prove it, and remove its file when the proof holds.
        PROVE_AND_DROP,
        /// The same, and leave the file.
        PROVE,
        /// Rebuild the file.
        RESTORE,
        /// Drop the recipe; there is a file.
        FORGET_RECIPE
    }

    /// Plans the change; nothing is done.
    public static LayerChange plan(Descriptor blob, LayerState state, Requirement requirement) {
        Form form = state.form(requirement);
        Work work = work(state, form, requirement.form());
        return new LayerChange(
                blob,
                form,
                requirement.form(),
                work,
                work == Work.PROVE_AND_DROP ? blob.size() : 0,
                work == Work.RESTORE ? blob.size() : 0);
    }

    private static Work work(LayerState state, Form form, StorageForm required) {
        if (form instanceof Form.Inline || form instanceof Form.Verbatim) {
            return Work.NOTHING;
        }
        boolean recipe = state.recipe().isPresent();
        return switch (required) {
            case RECIPE -> state.hasFile() ? Work.PROVE_AND_DROP : Work.NOTHING;
            case BLOB -> !state.hasFile() ? Work.RESTORE : recipe ? Work.FORGET_RECIPE : Work.NOTHING;
            case BOTH -> !state.hasFile() ? Work.RESTORE : recipe ? Work.NOTHING : Work.PROVE;
        };
    }

    /// The same change, done.
    LayerChange done(Form reached, long bytesDropped, long bytesRestored) {
        return new LayerChange(blob, reached, required, work, bytesDropped, bytesRestored);
    }

    /// A change that was put off: nothing was done.
    LayerChange putOff() {
        return new LayerChange(blob, form, required, Work.NOTHING, 0, 0);
    }
}
