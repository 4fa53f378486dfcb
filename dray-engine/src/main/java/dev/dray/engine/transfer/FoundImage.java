package dev.dray.engine.transfer;

import dev.dray.model.Digest;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import java.io.IOException;

/// A manifest that was found in a source, before it is followed further down.
///
/// @param digest that names it, which need not be SHA-256
public record FoundImage(ImageSource source, Manifest root, Digest digest) {
    /// The image that a choice means: of an index that of a platform, or all of it.
    public FoundImage chosen(PlatformChoice choice) throws IOException {
        if (!(root instanceof Manifest.Index index)) {
            return this;
        }
        return switch (choice) {
            case PlatformChoice.All() -> this;
            case PlatformChoice.One(var platform) -> {
                Digest child = PlatformChoice.pick(index, platform).digest();
                yield new FoundImage(source, source.manifest(ManifestSelector.of(child)), child).chosen(choice);
            }
        };
    }

    /// All of it.
    public ResolvedImage whole() throws IOException {
        return ResolvedImage.whole(source, root, digest);
    }

    /// The part of it that the source has.
    public ResolvedImage present() throws IOException {
        return ResolvedImage.present(source, root, digest);
    }
}
