package dev.dray.engine.adopt.host;

import dev.dray.layer.tarsplit.TarSplitLayer;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A layer as an engine stores it: unpacked, with the headers of its tar beside it.
///
/// @param diffId digest of the tar, as the image's config names it
/// @param blob what it came as; empty when it never had a blob, or the engine forgot it
/// @param seen where that blob was seen, most recent first
/// @param tarSplit the file with the headers
/// @param folders where the files are, the layer's own folder first
/// @param refusal why its tar cannot be had, or empty
public record HostLayer(
        Digest diffId,
        Optional<KnownBlob> blob,
        List<SeenAt> seen,
        Path tarSplit,
        List<Path> folders,
        Optional<String> refusal) {
    private static final long LARGEST = 256L << 30;

    public HostLayer {
        seen = List.copyOf(seen);
        folders = List.copyOf(folders);
    }

    /// The layer's tar, readable from any place; not yet compared with the diffID.
    ///
    /// @throws DrayException of kind UNSUPPORTED when the engine stores the layer in another way, NOT_FOUND when
    ///     the engine has removed it, DENIED without permission, INVALID when the tar-split is damaged
    public TarSplitLayer open() throws IOException {
        if (refusal.isPresent()) {
            throw new DrayException(DrayException.Kind.UNSUPPORTED, refusal.get()).about(diffId);
        }
        try (InputStream in = StoreFiles.read(tarSplit)) {
            return TarSplitLayer.read(in, new UnpackedFiles(folders), LARGEST);
        } catch (NoSuchFileException absent) {
            throw new DrayException(
                            DrayException.Kind.NOT_FOUND,
                            "the tar-split of layer %s is not there: \"%s\"".formatted(diffId.shortHex(), tarSplit),
                            absent)
                    .advising("the engine may have removed the image meanwhile: look with dray adopt ls");
        } catch (AccessDeniedException refused) {
            throw UnpackedFiles.denied(tarSplit, refused);
        }
    }
}
