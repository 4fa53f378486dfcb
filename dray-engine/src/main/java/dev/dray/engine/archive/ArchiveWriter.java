package dev.dray.engine.archive;

import dev.dray.engine.archive.layout.CheckedBytes;
import dev.dray.engine.archive.layout.ImageWriter;
import dev.dray.engine.archive.layout.IndexWriter;
import dev.dray.engine.archive.layout.ListedName;
import dev.dray.engine.archive.layout.NewFile;
import dev.dray.engine.archive.layout.OciLayout;
import dev.dray.layer.tar.TarWriter;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An archive of images that is being written from front to back: a tar of an OCI layout, whose blobs and manifests are
/// the very bytes that were put. A docker-archive has a `manifest.json` beside, by which `docker load`, `podman load`
/// and others find the same blobs.
///
/// The same images in the same order give the same bytes.
public final class ArchiveWriter implements ImageWriter {
    private final Optional<NewFile> file;
    private final TarWriter tar;
    private final OutputStream out;
    private final Optional<DockerList> docker;
    private final Set<Digest> written = new LinkedHashSet<>();
    private final IndexWriter index = new IndexWriter(List.of());
    private Optional<Digest> broken = Optional.empty();

    private ArchiveWriter(Optional<NewFile> file, OutputStream out, ArchiveName.Kind kind) throws IOException {
        this.file = file;
        this.out = out;
        this.tar = new TarWriter(out, Instant.EPOCH);
        this.docker = kind == ArchiveName.Kind.DOCKER ? Optional.of(new DockerList()) : Optional.empty();
        document(OciLayout.MARK, IndexWriter.MARK);
        tar.directory("blobs");
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            tar.directory("blobs/" + algorithm.label());
        }
    }

    /// Writes a file, which appears when it is finished, in place of one that was there. A file that is not
    /// regular, such as a pipe, is written to as it is.
    public static ArchiveWriter create(Path path, ArchiveName.Kind kind) throws IOException {
        if (Files.isDirectory(path)) {
            throw new DrayException(DrayException.Kind.INVALID, "\"%s\" is a folder, not a file".formatted(path));
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            return new ArchiveWriter(Optional.empty(), Files.newOutputStream(path), kind);
        }
        NewFile file = NewFile.create(path.toAbsolutePath());
        try {
            return new ArchiveWriter(Optional.of(file), file.stream(), kind);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    /// Writes to a stream, which the caller closes.
    public static ArchiveWriter to(OutputStream out, ArchiveName.Kind kind) throws IOException {
        return new ArchiveWriter(Optional.empty(), out, kind);
    }

    @Override
    public synchronized Set<Digest> missing(Collection<Descriptor> blobs) {
        Set<Digest> missing = new LinkedHashSet<>();
        for (Descriptor blob : blobs) {
            if (!written.contains(blob.digest())) {
                missing.add(blob.digest());
            }
        }
        return missing;
    }

    /// A failure within the bytes spoils the archive: nothing can be put into it any more, nor can it be finished.
    @Override
    public synchronized void putBlob(Descriptor descriptor, Content content) throws IOException {
        requireUnspoiled();
        if (!written.add(descriptor.digest())) {
            return;
        }
        broken = Optional.of(descriptor.digest());
        try (CheckedBytes bytes = new CheckedBytes(content.open(0), descriptor)) {
            tar.file(OciLayout.path(descriptor.digest()), 0644, descriptor.size(), bytes);
            bytes.requireWhole();
        }
        broken = Optional.empty();
    }

    private void requireUnspoiled() {
        broken.ifPresent(digest -> {
            throw new DrayException(
                    DrayException.Kind.CORRUPT, "the archive is spoiled: blob %s broke off in it".formatted(digest));
        });
    }

    @Override
    public synchronized void list(Manifest manifest, Digest digest, Optional<ListedName> name) {
        index.list(manifest, digest, name);
    }

    /// Whether it has a list for readers that look at `manifest.json` and not at the layout.
    public boolean hasDockerList() {
        return docker.isPresent();
    }

    /// Says what readers find that look at `manifest.json` and not at the layout: one image with an image config,
    /// for an index the one that is chosen of it.
    ///
    /// @param name empty: the image has none there either
    public synchronized void describe(Manifest.Image image, Optional<ListedName> name) {
        docker.ifPresent(list -> list.add(image, name.flatMap(ListedName::whole)));
    }

    @Override
    public synchronized void finish() throws IOException {
        requireUnspoiled();
        document(OciLayout.INDEX, index.toJson());
        if (docker.isPresent()) {
            document(DockerArchive.MANIFEST, Json.write(docker.get().toJson()));
        }
        tar.close();
        out.flush();
        if (file.isPresent()) {
            file.get().finish();
        }
    }

    private void document(String name, RawBytes raw) throws IOException {
        tar.file(name, 0644, raw.size(), raw.stream());
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
