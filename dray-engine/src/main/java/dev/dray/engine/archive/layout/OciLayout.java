package dev.dray.engine.archive.layout;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.model.image.ReferrerSource;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Images as the OCI image-spec lays them out (image-layout.md), in a folder or a tar: `oci-layout`, `index.json` and
/// `blobs/<algorithm>/<hex>`.
///
/// The layout is a stranger's: names are built of checked digests only, links are not followed out of it, documents
/// have limits, and every manifest is checked against its digest. Thread safe; holds nothing open.
public final class OciLayout implements ImageSource, ReferrerSource {
    public static final String MARK = "oci-layout";
    public static final String INDEX = "index.json";
    private static final int LARGEST_MARK = 64 << 10;

    private final LayoutFiles files;
    private final LayoutIndex index;

    private OciLayout(LayoutFiles files, LayoutIndex index) {
        this.files = files;
        this.index = index;
    }

    /// Opens the layout in `folder` and reads its index.
    ///
    /// @throws DrayException of kind NOT_FOUND when there is none, UNSUPPORTED when it is of another
    ///     version, INVALID when it is malformed
    public static OciLayout open(Path folder) throws IOException {
        return open(LayoutFolder.open(folder));
    }

    public static OciLayout open(LayoutFiles files) throws IOException {
        requireVersion(files);
        RawBytes raw = files.get(INDEX).document(location(files, INDEX), Manifest.LARGEST);
        if (Manifest.parse(MediaType.OCI_INDEX, raw) instanceof Manifest.Index index) {
            return new OciLayout(files, new LayoutIndex(files.name(), index));
        }
        throw new IllegalStateException("an index is an index");
    }

    private static void requireVersion(LayoutFiles files) throws IOException {
        RawBytes mark = files.get(MARK).document(location(files, MARK), LARGEST_MARK);
        String version = Json.parseObject(mark.toByteArray(), JsonLimits.MESSAGE, MARK)
                .text("imageLayoutVersion")
                .orElseThrow(() -> new DrayException(
                        DrayException.Kind.INVALID,
                        "invalid layout \"%s\": \"%s\" has no \"imageLayoutVersion\"".formatted(files.name(), MARK)));
        if (!version.matches("1\\.[0-9.]{1,20}")) {
            throw new DrayException(
                    DrayException.Kind.UNSUPPORTED,
                    "the layout \"%s\" is of another version than 1".formatted(files.name()));
        }
    }

    private static String location(LayoutFiles files, String name) {
        return "\"%s\" of \"%s\"".formatted(name, files.name());
    }

    /// Where a blob lies in a layout.
    public static String path(Digest digest) {
        return "blobs/" + digest.algorithm().label() + "/" + digest.hex();
    }

    /// The entries of `index.json`, in its order.
    public List<Descriptor> manifests() {
        return index.manifests();
    }

    /// The image of a name, a tag or a whole one; without a name the only one.
    ///
    /// @throws DrayException of kind NOT_FOUND when there is none, CONFLICT when there are several
    public Descriptor image(Optional<String> name) {
        return name.map(index::named).orElseGet(index::only);
    }

    @Override
    public Manifest manifest(ManifestSelector selector) throws IOException {
        return switch (selector) {
            case ManifestSelector.ByTag(Tag tag) -> manifest(index.named(tag.value()));
            case ManifestSelector.ByDigest(Digest digest) -> {
                RawBytes raw = document(digest);
                yield Manifest.parse(index.type(digest).orElseGet(() -> Manifest.typeOf(raw)), raw);
            }
        };
    }

    private Manifest manifest(Descriptor descriptor) throws IOException {
        return Manifest.parse(descriptor.mediaType(), document(descriptor.digest()));
    }

    /// A whole document that is a blob.
    ///
    /// @throws DrayException of kind CORRUPT when its bytes are not those of the digest
    private RawBytes document(Digest digest) throws IOException {
        String path = path(digest);
        RawBytes raw = files.get(path).document(location(files, path), Manifest.LARGEST);
        if (!raw.digest(digest.algorithm()).equals(digest)) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT,
                    "damaged layout \"%s\": the bytes of %s hash to %s"
                            .formatted(files.name(), digest, raw.digest(digest.algorithm())));
        }
        return raw;
    }

    /// The content in its file; of a layout in a folder [Content#file] is always present.
    ///
    /// @throws DrayException of kind NOT_FOUND when it is not there, CORRUPT when it has another size
    @Override
    public Content blob(Descriptor descriptor) throws IOException {
        LayoutFile file = files.get(path(descriptor.digest()));
        if (file.size() != descriptor.size()) {
            throw new DrayException(
                            DrayException.Kind.CORRUPT,
                            "damaged layout \"%s\": blob %s has %d bytes, its descriptor says %d"
                                    .formatted(files.name(), descriptor.digest(), file.size(), descriptor.size()))
                    .about(descriptor.digest());
        }
        return file.named(descriptor.digest());
    }

    /// Those listed in `index.json`, as oras writes them, and those listed by a tag that is named for the subject.
    @Override
    public List<Descriptor> referrers(Digest subject) throws IOException {
        return new LayoutReferrers(this).of(subject);
    }
}
