package dev.dray.store.catalog;

/// What the catalog knows of layers that are kept as contents and recipes. Part of a [Transaction].
public interface LayerTables {
    PackRows packs();

    ContentRows contents();

    LayerRows layers();

    RecipeRows recipes();

    Verdicts verdicts();

    Pins pins();

    Policies policies();
}
