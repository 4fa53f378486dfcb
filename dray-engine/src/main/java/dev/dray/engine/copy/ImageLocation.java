package dev.dray.engine.copy;

import dev.dray.engine.archive.ArchiveName;
import dev.dray.engine.archive.layout.LayoutName;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;

/// The location of an image, as people write it: a transport and a name,
/// `docker://ghcr.io/team/app:1`. A name without a transport is a registry's.
public sealed interface ImageLocation {
    /// In a registry.
    record Registry(Reference reference) implements ImageLocation {
        static final String PREFIX = "docker://";

        @Override
        public String toString() {
            return PREFIX + reference;
        }
    }

    /// In the engine's own store.
    ///
    /// @param name a name; as a source, also the beginning of an ID
    record Stored(String name) implements ImageLocation {
        static final String PREFIX = "store:";

        @Override
        public String toString() {
            return PREFIX + name;
        }
    }

    /// In an OCI layout, in a folder.
    record Layout(LayoutName name) implements ImageLocation {
        @Override
        public String toString() {
            return name.toString();
        }
    }

    /// In a file, a docker-archive or a tar of an OCI layout.
    record Archive(ArchiveName name) implements ImageLocation {
        @Override
        public String toString() {
            return name.toString();
        }
    }

    /// Reads `docker://NAME`, `store:NAME`, `oci:DIR[:TAG]`, `docker-archive:FILE[:NAME]`,
    /// `oci-archive:FILE[:NAME]`, or the name of an image in a registry.
    ///
    /// @throws DrayException of kind INVALID when it is malformed
    static ImageLocation parse(String text) {
        if (text.startsWith(Registry.PREFIX)) {
            return new Registry(Reference.parse(text.substring(Registry.PREFIX.length())));
        }
        if (text.startsWith(Stored.PREFIX)) {
            return stored(text.substring(Stored.PREFIX.length()));
        }
        if (text.startsWith(LayoutName.PREFIX)) {
            return new Layout(LayoutName.parse(text));
        }
        for (ArchiveName.Kind kind : ArchiveName.Kind.values()) {
            if (text.startsWith(kind.prefix())) {
                return new Archive(ArchiveName.parse(kind, text));
            }
        }
        return registry(text);
    }

    private static ImageLocation stored(String name) {
        if (name.isEmpty()) {
            throw new DrayException(DrayException.Kind.INVALID, "invalid name \"store:\": it is store:NAME");
        }
        return new Stored(name);
    }

    private static ImageLocation registry(String text) {
        try {
            return new Registry(Reference.parse(text));
        } catch (DrayException notAName) {
            throw notAName.advising("a name without a transport is a registry's; others begin with store:, oci:, "
                    + "docker-archive: or oci-archive:");
        }
    }
}
