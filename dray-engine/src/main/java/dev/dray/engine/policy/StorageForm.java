package dev.dray.engine.policy;

import dev.dray.model.DrayException;
import dev.dray.store.StoreKind;
import java.util.Arrays;
import java.util.Locale;

/// The form in which a layer's blob is to be stored, in the order of generosity: of several, the last one applies.
public enum StorageForm {
    /// Contents and a recipe; no file, once the recipe is proven. A blob that no recipe rebuilds keeps its file.
    RECIPE,
    /// The file; nothing is split.
    BLOB,
    /// The file, and contents and a recipe as well.
    BOTH;

    /// The name that people type and the store remembers.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws DrayException of kind INVALID when it is none of the three
    public static StorageForm parse(String text) {
        return Arrays.stream(values())
                .filter(form -> form.label().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new DrayException(
                        DrayException.Kind.INVALID,
                        "what is kept is recipe, blob or both, not \"%s\"".formatted(text)));
    }

    /// The form where no rule says anything.
    public static StorageForm usual(StoreKind kind) {
        return switch (kind) {
            case ENGINE -> RECIPE;
            case REGISTRY -> BLOB;
        };
    }

    /// Whether a recipe is required.
    public boolean recipe() {
        return this != BLOB;
    }

    /// Whether the file is required.
    public boolean file() {
        return this != RECIPE;
    }

    /// The more generous of the two.
    public StorageForm or(StorageForm other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
