package dev.dray.engine.policy;

import dev.dray.model.DrayException;
import dev.dray.store.StoreKind;
import java.util.Arrays;
import java.util.Locale;

/// What is kept of a layer's blob. In the order of generosity: where several wishes meet, the last one holds.
public enum StorageForm {
    /// Contents and a recipe; no file, once the recipe is proven. What no recipe makes is kept as it came.
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
                .filter(keep -> keep.label().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new DrayException(
                        DrayException.Kind.INVALID,
                        "what is kept is recipe, blob or both, not \"%s\"".formatted(text)));
    }

    /// What a store keeps of which no rule says anything.
    public static StorageForm usual(StoreKind kind) {
        return switch (kind) {
            case ENGINE -> RECIPE;
            case REGISTRY -> BLOB;
        };
    }

    /// Whether a recipe is wanted.
    public boolean recipe() {
        return this != BLOB;
    }

    /// Whether the file is wanted.
    public boolean file() {
        return this != RECIPE;
    }

    /// The more generous of the two.
    public StorageForm or(StorageForm other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
