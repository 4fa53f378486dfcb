package dev.dray.engine.archive;

import dev.dray.engine.archive.layout.ArchiveBytes;
import dev.dray.engine.archive.layout.LayoutFiles;
import dev.dray.engine.archive.layout.LayoutFolder;
import dev.dray.engine.archive.layout.LayoutIndex;
import dev.dray.engine.archive.layout.TarIndex;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Images in a file: a docker-archive, old or new style, or a tar of an OCI layout, plain or gzip. Or an OCI layout in
/// a folder.
///
/// The list of what is in it is checked as a whole before the first image is given. Thread safe. The caller closes,
/// when all that came from it was read.
public final class ImageArchive implements AutoCloseable {
    private final Optional<ArchiveBytes> bytes;
    private final String name;
    private final List<ArchivedImage> images;

    private ImageArchive(Optional<ArchiveBytes> bytes, LayoutFiles files) throws IOException {
        this.bytes = bytes;
        this.name = files.name();
        this.images = new ArchiveContents(files).images();
    }

    /// Opens a file, or a folder with an OCI layout.
    ///
    /// @param spool a folder where a gzip archive is unpacked into a file without a name
    /// @throws DrayException of kind INVALID when it is malformed, UNSUPPORTED when it is packed with something
    ///     else than gzip, and as [OciLayout#open] does
    public static ImageArchive open(Path file, Path spool) throws IOException {
        if (Files.isDirectory(file)) {
            return new ImageArchive(Optional.empty(), LayoutFolder.open(file));
        }
        return unpacked(ArchiveBytes.open(file), spool);
    }

    private static ImageArchive unpacked(ArchiveBytes bytes, Path spool) throws IOException {
        if (!isPacked(bytes)) {
            return over(bytes);
        }
        try (bytes;
                InputStream in = bytes.stream(0, bytes.size())) {
            return over(ArchiveSpool.spool(in, bytes.name(), spool));
        }
    }

    private static boolean isPacked(ArchiveBytes bytes) throws IOException {
        byte[] start = bytes.read(0, (int) Math.min(bytes.size(), ArchiveSpool.LONGEST_MAGIC));
        return ArchiveSpool.Packing.of(start) != ArchiveSpool.Packing.PLAIN;
    }

    /// Reads an archive that comes as a stream, into a file without a name. A stream that is a file, from its
    /// beginning, is read where it is, and closed with the archive.
    ///
    /// @param name for messages
    /// @throws DrayException as [#open] does; OUT_OF_SPACE when it does not fit on the disk of `spool`
    public static ImageArchive read(InputStream in, String name, Path spool) throws IOException {
        if (in instanceof FileInputStream file && isWholeFile(file.getChannel())) {
            return unpacked(new ArchiveBytes(name, file.getChannel()), spool);
        }
        return over(ArchiveSpool.spool(in, name, spool));
    }

    private static boolean isWholeFile(FileChannel channel) {
        try {
            return channel.size() > 0 && channel.position() == 0;
        } catch (IOException pipe) {
            return false;
        }
    }

    private static ImageArchive over(ArchiveBytes bytes) throws IOException {
        try {
            return new ImageArchive(Optional.of(bytes), TarIndex.read(bytes));
        } catch (IOException | RuntimeException failure) {
            bytes.close();
            throw failure;
        }
    }

    /// Opens an archive, or an OCI layout in a folder.
    ///
    /// @param spool a folder for the file of a stream
    public static ImageArchive open(ArchiveInput input, Path spool) throws IOException {
        return switch (input) {
            case ArchiveInput.File(Path path) -> open(path, spool);
            case ArchiveInput.Stream(InputStream stream, String name) -> read(stream, name, spool);
        };
    }

    /// The images in it, in its own order, without referrers.
    public List<ArchivedImage> images() {
        return images;
    }

    /// The image of a name: a whole one or, in an OCI layout, a tag; without a name the only one.
    ///
    /// @throws DrayException of kind NOT_FOUND when there is none, CONFLICT when there are several
    public ArchivedImage image(Optional<String> wanted) {
        List<ArchivedImage> found = images.stream()
                .filter(image -> wanted.isEmpty() || isNamed(image, wanted.get()))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        String advice = "it has " + labels();
        if (found.isEmpty()) {
            String what =
                    wanted.map(text -> "image \"" + TarIndex.shown(text) + "\"").orElse("image");
            throw new DrayException(DrayException.Kind.NOT_FOUND, "\"%s\" has no %s".formatted(name, what))
                    .advising(advice);
        }
        throw new DrayException(DrayException.Kind.CONFLICT, "\"%s\" holds %d images".formatted(name, found.size()))
                .advising("say which one by its name; " + advice);
    }

    private static boolean isNamed(ArchivedImage image, String wanted) {
        boolean byTag = image instanceof ArchivedImage.Whole whole
                && wanted.equals(whole.descriptor().annotations().get(LayoutIndex.REF_NAME));
        return byTag
                || LayoutIndex.parsed(wanted).filter(image.names()::contains).isPresent();
    }

    private String labels() {
        List<String> labels =
                images.stream().map(ArchivedImage::label).limit(20).toList();
        return labels.isEmpty() ? "no images" : String.join(", ", labels);
    }

    /// The names of all that is in it.
    public List<Reference> names() {
        return images.stream().flatMap(image -> image.names().stream()).toList();
    }

    @Override
    public void close() throws IOException {
        if (bytes.isPresent()) {
            bytes.get().close();
        }
    }
}
