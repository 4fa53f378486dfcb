package dev.dray.store.catalog;

import java.util.Optional;

/// Small facts about the store itself, by name.
public interface Settings {
    Optional<String> find(String name);

    void put(String name, String value);

    /// @return false when there was none
    boolean delete(String name);
}
