package dev.dray.store.collect;

/// The kinds of things that a collection frees.
public enum CollectedKind {
    /// A manifest without a name; only when that is asked for.
    MANIFEST("manifest"),
    /// The right to read a blob in a repository none of whose manifests references it.
    LINK("link"),
    /// A repository without anything in it.
    REPOSITORY("repository"),
    /// A blob that was a file.
    FILE("blob"),
    /// A small blob, in the database; its space is used again and the database's file stays as it is.
    INLINE("small blob"),
    /// A blob that was rebuilt from its layer; its bytes are those of the layer.
    REBUILT("rebuilt blob"),
    /// A layer from which no blob is rebuilt any more; its bytes come free with packs.
    LAYER("layer"),
    /// A content that no layer references; its bytes come free with packs.
    CONTENT("content"),
    /// A pack in which nothing lived.
    PACK("pack"),
    /// A pack that was mostly dead; what lived of it is in another now. In a dry run the bytes are an estimate.
    REPACKED("rewritten pack"),
    /// A file that no row names and whose maker lives no more, as a crash leaves it.
    ORPHAN("orphan");

    private final String label;

    CollectedKind(String label) {
        this.label = label;
    }

    /// The name for people.
    public String label() {
        return label;
    }
}
