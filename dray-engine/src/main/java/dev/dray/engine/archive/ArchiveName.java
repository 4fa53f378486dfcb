package dev.dray.engine.archive;

import dev.dray.engine.archive.layout.LayoutIndex;
import dev.dray.engine.archive.layout.ListedName;
import dev.dray.engine.archive.layout.TarIndex;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.Tag;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// The name of an image in an archive: `docker-archive:FILE[:NAME]`, `oci-archive:FILE[:NAME]`. The part that follows
/// the first colon behind the transport is the name, as skopeo has it.
///
/// @param name a whole name or, in an `oci-archive`, a tag
public record ArchiveName(Kind kind, Path file, Optional<String> name) {
    /// The two sorts of archive.
    public enum Kind {
        DOCKER("docker-archive:"),
        OCI("oci-archive:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /// The prefix of such a name.
        public String prefix() {
            return prefix;
        }
    }

    /// @throws DrayException of kind INVALID when it is malformed
    public static ArchiveName parse(Kind kind, String text) {
        String location = text.substring(kind.prefix.length());
        int colon = location.indexOf(':');
        String file = colon < 0 ? location : location.substring(0, colon);
        Optional<String> name = colon < 0 ? Optional.empty() : Optional.of(location.substring(colon + 1));
        if (file.isEmpty() || name.filter(String::isEmpty).isPresent()) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "invalid archive name \"%s\": it is %sFILE[:NAME]".formatted(TarIndex.shown(text), kind.prefix));
        }
        try {
            return new ArchiveName(kind, Path.of(file), name.map(given -> checked(kind, given)));
        } catch (InvalidPathException e) {
            throw new DrayException(
                    DrayException.Kind.INVALID, "invalid file name in \"%s\"".formatted(TarIndex.shown(text)), e);
        }
    }

    /// A tag or a name that is none is refused before anything is opened.
    private static String checked(Kind kind, String name) {
        if (kind == Kind.OCI && !LayoutIndex.isWhole(name)) {
            return new Tag(name).value();
        }
        var _ = Reference.parse(name);
        return name;
    }

    /// How an image is listed in the archive that this names.
    public Optional<ListedName> listed() {
        return name.map(text -> LayoutIndex.isWhole(text) || kind == Kind.DOCKER
                ? ListedName.of(Reference.parse(text))
                : ListedName.of(new Tag(text)));
    }

    @Override
    public String toString() {
        return kind.prefix + file + name.map(text -> ":" + text).orElse("");
    }
}
