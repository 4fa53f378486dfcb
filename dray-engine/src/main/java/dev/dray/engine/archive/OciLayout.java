package dev.dray.engine.archive;

import dev.dray.model.Content;
import dev.dray.model.Descriptor;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.ImageSource;
import dev.dray.model.Json;
import dev.dray.model.JsonLimits;
import dev.dray.model.Manifest;
import dev.dray.model.ManifestSelector;
import dev.dray.model.MediaType;
import dev.dray.model.RawBytes;
import dev.dray.model.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Images in a folder, as the OCI image-spec lays them out (image-layout.md): `oci-layout`, `index.json` and
/// `blobs/<algorithm>/<hex>`.
///
/// The folder is a stranger's: names are made of checked digests only, links are not followed out of it, documents have
/// limits, and every manifest is checked against its digest. Thread safe; holds nothing open.
public final class OciLayout implements ImageSource {
    private static final int LARGEST_MARK = 64 << 10;
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final LayoutFolder folder;
    private final Manifest.Index index;

    private OciLayout(LayoutFolder folder, Manifest.Index index) {
        this.folder = folder;
        this.index = index;
    }

    /// Opens the layout in `folder` and reads its index.
    ///
    /// @throws DrayException of kind NOT_FOUND when there is none, UNSUPPORTED when it is of another
    ///     version, INVALID when it is malformed
    public static OciLayout open(Path folder) throws IOException {
        LayoutFolder files = LayoutFolder.open(folder);
        String version = Json.parseObject(
                        files.document("oci-layout", LARGEST_MARK).toByteArray(), JsonLimits.MESSAGE, "oci-layout")
                .text("imageLayoutVersion")
                .orElseThrow(() -> new DrayException(
                        DrayException.Kind.INVALID,
                        "invalid layout \"%s\": \"oci-layout\" has no \"imageLayoutVersion\"".formatted(folder)));
        if (!version.matches("1\\.[0-9.]{1,20}")) {
            throw new DrayException(
                    DrayException.Kind.UNSUPPORTED, "the layout \"%s\" is of another version than 1".formatted(folder));
        }
        RawBytes raw = files.document("index.json", Manifest.LARGEST);
        if (Manifest.parse(MediaType.OCI_INDEX, raw) instanceof Manifest.Index index) {
            return new OciLayout(files, index);
        }
        throw new IllegalStateException("an index is an index");
    }

    /// What `index.json` lists, in its order.
    public List<Descriptor> manifests() {
        return index.manifests();
    }

    @Override
    public Manifest manifest(ManifestSelector selector) throws IOException {
        return switch (selector) {
            case ManifestSelector.ByTag(Tag tag) -> manifest(tagged(tag));
            case ManifestSelector.ByDigest(Digest digest) -> {
                RawBytes raw = folder.document(digest, Manifest.LARGEST);
                yield Manifest.parse(type(digest, raw), raw);
            }
        };
    }

    private Manifest manifest(Descriptor descriptor) throws IOException {
        return Manifest.parse(descriptor.mediaType(), folder.document(descriptor.digest(), Manifest.LARGEST));
    }

    /// The type that `index.json` names, or what the document says of itself.
    private MediaType type(Digest digest, RawBytes raw) {
        return index.manifests().stream()
                .filter(descriptor -> descriptor.digest().equals(digest))
                .map(Descriptor::mediaType)
                .findFirst()
                .orElseGet(() -> Manifest.typeOf(raw));
    }

    /// A name in the index is a tag, or a whole reference that ends in one.
    private Descriptor tagged(Tag tag) {
        return index.manifests().stream()
                .filter(descriptor -> {
                    String name = descriptor.annotations().getOrDefault(REF_NAME, "");
                    return name.equals(tag.value()) || name.endsWith(":" + tag.value());
                })
                .findFirst()
                .orElseThrow(() -> new DrayException(
                                DrayException.Kind.NOT_FOUND,
                                "the layout \"%s\" has no tag \"%s\"".formatted(folder.root(), tag))
                        .advising("it has " + names()));
    }

    private String names() {
        String names = index.manifests().stream()
                .map(descriptor -> descriptor.annotations().get(REF_NAME))
                .filter(Objects::nonNull)
                .filter(name -> name.matches("[A-Za-z0-9_./:@-]{1,255}"))
                .limit(20)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "no tags" : names;
    }

    /// The content in its file; [Content#file] is always present.
    ///
    /// @throws DrayException of kind NOT_FOUND when it is not there, CORRUPT when it has another size
    @Override
    public Content blob(Descriptor descriptor) throws IOException {
        Path file = folder.blob(descriptor.digest());
        long size = Files.size(file);
        if (size != descriptor.size()) {
            throw new DrayException(
                            DrayException.Kind.CORRUPT,
                            "damaged layout \"%s\": blob %s has %d bytes, its descriptor says %d"
                                    .formatted(folder.root(), descriptor.digest(), size, descriptor.size()))
                    .about(descriptor.digest());
        }
        return new LayoutContent(descriptor.digest(), size, file);
    }
}
