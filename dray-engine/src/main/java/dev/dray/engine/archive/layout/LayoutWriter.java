package dev.dray.engine.archive.layout;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// An OCI layout in a folder that images are added to. Blobs that are there are not written again; each new one appears
/// whole, by its digest, and `index.json` last.
///
/// Two processes that write to one layout at the same time can lose one another's entries of `index.json`; blobs they
/// cannot spoil.
public final class LayoutWriter implements ImageWriter {
    private static final String BLOBS = "blobs";

    private final Path folder;
    private final List<Listed> listed = new ArrayList<>();

    private record Listed(Manifest manifest, Digest digest, Optional<ListedName> name) {}

    private LayoutWriter(Path folder) {
        this.folder = folder;
    }

    /// Opens the layout in `folder`, or creates one where the folder is absent or empty, or has one that was
    /// begun and never finished.
    ///
    /// @throws DrayException of kind CONFLICT when the folder holds something else
    public static LayoutWriter open(Path folder) throws IOException {
        Files.createDirectories(folder);
        boolean listed = Files.exists(folder.resolve(OciLayout.INDEX));
        if (listed && Files.exists(folder.resolve(OciLayout.MARK))) {
            var _ = OciLayout.open(folder);
        } else if (listed || !isBegun(folder)) {
            throw new DrayException(
                            DrayException.Kind.CONFLICT,
                            "the folder \"%s\" is not empty, and no OCI layout".formatted(folder))
                    .advising("name an empty or new folder");
        }
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            Files.createDirectories(folder.resolve(BLOBS).resolve(algorithm.label()));
        }
        return new LayoutWriter(folder.toRealPath());
    }

    /// Whether a folder holds nothing but what is written before the list of images.
    private static boolean isBegun(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(
                    file -> file.endsWith(BLOBS) || file.endsWith(OciLayout.MARK) || NewFile.isDraft(file));
        }
    }

    @Override
    public Set<Digest> missing(Collection<Descriptor> blobs) throws IOException {
        Set<Digest> missing = new LinkedHashSet<>();
        for (Descriptor blob : blobs) {
            if (!isThere(blob)) {
                missing.add(blob.digest());
            }
        }
        return missing;
    }

    private boolean isThere(Descriptor blob) throws IOException {
        Path file = file(blob.digest());
        return Files.isRegularFile(file) && Files.size(file) == blob.size();
    }

    private Path file(Digest digest) {
        return folder.resolve(OciLayout.path(digest));
    }

    @Override
    public void putBlob(Descriptor descriptor, Content content) throws IOException {
        try (NewFile file = NewFile.create(file(descriptor.digest()));
                CheckedBytes bytes = new CheckedBytes(content.open(0), descriptor)) {
            NewFile.copy(bytes, file.stream(), descriptor);
            bytes.requireWhole();
            file.finish();
        }
    }

    @Override
    public synchronized void list(Manifest manifest, Digest digest, Optional<ListedName> name) {
        listed.add(new Listed(manifest, digest, name));
    }

    @Override
    public synchronized void finish() throws IOException {
        Path mark = folder.resolve(OciLayout.MARK);
        boolean fresh = !Files.exists(folder.resolve(OciLayout.INDEX));
        IndexWriter index =
                new IndexWriter(fresh ? List.of() : OciLayout.open(folder).manifests());
        listed.forEach(entry -> index.list(entry.manifest(), entry.digest(), entry.name()));
        if (fresh) {
            write(mark, IndexWriter.MARK);
        }
        write(folder.resolve(OciLayout.INDEX), index.toJson());
    }

    private static void write(Path path, RawBytes bytes) throws IOException {
        try (NewFile file = NewFile.create(path)) {
            file.stream().write(bytes.toByteArray());
            file.finish();
        }
    }

    @Override
    public void close() {}
}
