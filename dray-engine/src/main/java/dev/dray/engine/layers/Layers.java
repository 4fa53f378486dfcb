package dev.dray.engine.layers;

import dev.dray.engine.layers.LayersListener.Step;
import dev.dray.layer.encoders.EncoderCatalog;
import dev.dray.layer.pipeline.LayerPipeline;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.io.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/// Examines, splits and rebuilds layers in files: the entry to this package.
///
/// Memory is bounded whatever the size of a layer; temporary files take up to the size of its tar
/// twice. Thread safe, as far as the listener is.
public final class Layers {
    private final LayerPipeline pipeline;
    private final LayersListener listener;

    /// @param workers how many threads encode at once, at least one
    public Layers(int workers, LayersListener listener) {
        this.pipeline = new LayerPipeline(EncoderCatalog.standard(), workers);
        this.listener = listener;
    }

    /// Identifies the encoder of a blob, and tells whether it can be rebuilt.
    ///
    /// @param prove whether to rebuild it in full
    /// @throws DrayException of kind CORRUPT when the bytes of an image's layer are not those of its digest
    public LayerReport census(LayerBlob blob, boolean prove) throws IOException {
        try (TemporaryFolder work = TemporaryFolder.create("dray-layers")) {
            Path file = fileOf(blob, work);
            LayerReport report = prove
                    ? new BlobSplit(pipeline, listener).split(blob, file, splitIn(work))
                    : new BlobGlance(pipeline, listener).look(blob, file, work.path());
            if (blob instanceof LayerBlob.InImage image
                    && image.digest().algorithm() == Digest.Algorithm.SHA256
                    && !image.digest().equals(report.digest())) {
                throw new DrayException(
                                DrayException.Kind.CORRUPT,
                                "damaged layer of \"%s\": the bytes of %s hash to %s"
                                        .formatted(blob.source(), image.digest(), report.digest()))
                        .about(image.digest());
            }
            return report;
        }
    }

    /// Splits the blob in `file` into `folder`, which must be absent or empty. The folder appears when it is
    /// complete and the blob is proven; after a failure there is none.
    ///
    /// @throws DrayException of kind CONFLICT when the folder has something in it
    public LayerReport split(Path file, Path folder) throws IOException {
        if (Files.exists(folder)) {
            requireEmpty(folder);
        }
        Files.createDirectories(folder.toAbsolutePath().normalize().getParent());
        try (TemporaryFolder work = TemporaryFolder.beside(folder, ".dray-layers")) {
            SplitFolder parts = splitIn(work);
            LayerReport report =
                    new BlobSplit(pipeline, listener).split(new LayerBlob.InFile(file.toString(), file), file, parts);
            Files.move(parts.path(), folder, StandardCopyOption.ATOMIC_MOVE);
            return report;
        }
    }

    /// Rebuilds the blob that was split into `folder`. `output` appears, and replaces a file of that name, only
    /// when the digest of the whole agreed and the bytes are on disk.
    ///
    /// @throws DrayException of kind CORRUPT when a content or a recipe is damaged, UNSUPPORTED for
    ///     recipes of a newer version, NOT_FOUND when there is nothing to rebuild from
    public Digest rebuild(Path folder, Path output) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DrayException(DrayException.Kind.NOT_FOUND, "no such folder: \"%s\"".formatted(folder));
        }
        listener.advance(folder.toString(), Step.REBUILD, 0, 0);
        try (TemporaryFolder work = TemporaryFolder.beside(output, ".dray-layers")) {
            Path rebuilt = work.path().resolve("layer");
            Digest digest;
            try (FileChannel channel =
                            FileChannel.open(rebuilt, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                digest = new BlobRebuild(pipeline).rebuild(new SplitFolder(folder), work.path(), out);
                channel.force(true);
            }
            Files.move(rebuilt, output, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return digest;
        }
    }

    private static SplitFolder splitIn(TemporaryFolder work) throws IOException {
        return new SplitFolder(Files.createDirectory(work.path().resolve("layer")));
    }

    private static void requireEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new DrayException(
                        DrayException.Kind.CONFLICT,
                        "\"%s\" is not empty: name a folder that is not there yet".formatted(folder));
            }
        }
    }

    /// The file that holds the blob. A blob of a registry is fetched first, for it is read more than once.
    private Path fileOf(LayerBlob blob, TemporaryFolder work) throws IOException {
        return switch (blob) {
            case LayerBlob.InFile inFile -> inFile.file();
            case LayerBlob.InImage image -> {
                Content content = image.content();
                if (content.file().isPresent()) {
                    yield content.file().get();
                }
                listener.advance(image.source(), Step.FETCH, 0, content.size());
                Path fetched = work.path().resolve("blob");
                try (InputStream in = content.open(0)) {
                    Files.copy(in, fetched);
                }
                yield fetched;
            }
        };
    }
}
