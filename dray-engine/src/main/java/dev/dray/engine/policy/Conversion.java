package dev.dray.engine.policy;

import dev.dray.engine.policy.RequiredForms.Wish;
import dev.dray.model.image.Descriptor;

/// What a layer lacks to be kept as is wanted: the plan of a conversion.
///
/// @param now how it is kept
public record Conversion(Descriptor blob, StoredForm now, StorageForm wanted, Work work) {
    /// What there is to do.
    public enum Work {
        NOTHING,
        /// Split it if need be, make it again in full, and remove its file when it comes out right.
        PROVE_AND_DROP,
        /// The same, and keep the file.
        PROVE,
        /// Make its file again.
        RESTORE,
        /// Forget the recipe; there is a file.
        FORGET_RECIPE
    }

    public static Conversion of(Descriptor blob, LayerFacts facts, Wish wish) {
        return new Conversion(blob, facts.kept(wish), wish.keep(), work(facts, wish));
    }

    private static Work work(LayerFacts facts, Wish wish) {
        boolean recipe = facts.recipe().isPresent();
        StoredForm now = facts.kept(wish);
        return switch (wish.keep()) {
            case StorageForm _
            when now instanceof StoredForm.Inline || now instanceof StoredForm.Verbatim -> Work.NOTHING;
            case RECIPE -> facts.hasFile() ? Work.PROVE_AND_DROP : Work.NOTHING;
            case BLOB -> !facts.hasFile() ? Work.RESTORE : recipe ? Work.FORGET_RECIPE : Work.NOTHING;
            case BOTH -> !facts.hasFile() ? Work.RESTORE : recipe ? Work.NOTHING : Work.PROVE;
        };
    }
}
