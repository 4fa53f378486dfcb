package dev.dray.store.catalog;

/// What the collector and checks ask the catalog. Part of a [Transaction].
public interface Caretaking {
    Garbage garbage();

    Inspection inspection();
}
