package dev.dray.engine.archive;

import dev.dray.engine.archive.layout.LayoutFiles;
import dev.dray.engine.archive.layout.LayoutIndex;
import dev.dray.engine.archive.layout.OciLayout;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds out what images the files of an archive are.
///
/// A docker-archive of Docker 25 or later is an OCI layout too. An image that comes with the blobs of its manifest is
/// [ArchivedImage.Whole], with the digests of the layout. One that Docker writes from its graph drivers is
/// [ArchivedImage.Plain]: `docker save` invented its manifest, which names plain tars and no blob that a registry has,
/// and
/// says of all of them in `manifest.json` that they are the layers' sources.
record ArchiveContents(LayoutFiles files) {
    private static final Set<MediaType> PLAIN_LAYERS =
            Set.of(MediaType.OCI_LAYER, new MediaType("application/vnd.docker.image.rootfs.diff.tar"));
    private static final int MOST_IMAGES = 10_000;

    /// @throws DrayException of kind INVALID when it is no archive of images, or a malformed one
    List<ArchivedImage> images() throws IOException {
        boolean layout = files.find(OciLayout.MARK).isPresent();
        boolean docker = files.find(DockerArchive.MANIFEST).isPresent();
        if (!layout && !docker) {
            throw files.find("repositories").isPresent() ? tooOld() : noImages();
        }
        List<ArchivedImage.Plain> plain = docker ? new DockerArchive(files).images() : List.of();
        List<ArchivedImage> images =
                layout && !(docker && listsNothing()) ? listed(OciLayout.open(files), plain) : List.of();
        List<ArchivedImage> all = images.isEmpty() ? joined(plain) : images;
        if (all.size() > MOST_IMAGES) {
            throw new DrayException(
                    DrayException.Kind.TOO_LARGE,
                    "\"%s\" holds more than %d images".formatted(files.name(), MOST_IMAGES));
        }
        return all;
    }

    /// Docker 25.0.0 has no list where an image is saved by its digest (moby#47210).
    private boolean listsNothing() throws IOException {
        RawBytes index = files.get(OciLayout.INDEX).document(OciLayout.INDEX, Manifest.LARGEST);
        return Json.parseObject(index.toByteArray(), JsonLimits.DOCUMENT, OciLayout.INDEX)
                .get("manifests")
                .isEmpty();
    }

    private DrayException tooOld() {
        return new DrayException(
                        DrayException.Kind.UNSUPPORTED,
                        "the archive \"%s\" is of the form that Docker wrote before 1.10".formatted(files.name()))
                .advising("let docker load it and save it again");
    }

    private DrayException noImages() {
        return new DrayException(
                        DrayException.Kind.INVALID,
                        "\"%s\" is no archive of images: it has neither \"manifest.json\" nor \"oci-layout\""
                                .formatted(files.name()))
                .advising("the tar of a root file system becomes an image by `dray import`");
    }

    /// An image stands once in the list, with all its names.
    private static List<ArchivedImage> joined(List<ArchivedImage.Plain> plain) {
        Map<Digest, ArchivedImage> images = new LinkedHashMap<>();
        for (ArchivedImage.Plain image : plain) {
            ArchivedImage known = images.getOrDefault(image.id(), image);
            images.put(image.id(), image.named(both(known.names(), image.names())));
        }
        return new ArrayList<>(images.values());
    }

    private static List<Reference> both(List<Reference> some, List<Reference> others) {
        Set<Reference> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return new ArrayList<>(all);
    }

    private static List<ArchivedImage> listed(OciLayout layout, List<ArchivedImage.Plain> plain) throws IOException {
        Map<Digest, List<Reference>> names = new LinkedHashMap<>();
        Map<Digest, Descriptor> descriptors = new LinkedHashMap<>();
        for (Descriptor listed : layout.manifests()) {
            if (listed.mediaType().isManifest()) {
                descriptors.putIfAbsent(listed.digest(), listed);
                List<Reference> known = names.computeIfAbsent(listed.digest(), _ -> new ArrayList<>());
                LayoutIndex.reference(listed)
                        .filter(name -> !known.contains(name))
                        .ifPresent(known::add);
            }
        }
        List<ArchivedImage> images = new ArrayList<>();
        for (Descriptor descriptor : descriptors.values()) {
            Manifest manifest = layout.manifest(ManifestSelector.of(descriptor.digest()));
            if (manifest.subject().isEmpty() || LayoutIndex.name(descriptor).isPresent()) {
                images.add(
                        image(layout, descriptor, manifest, plain, names.getOrDefault(descriptor.digest(), List.of())));
            }
        }
        return images;
    }

    private static ArchivedImage image(
            OciLayout layout,
            Descriptor descriptor,
            Manifest manifest,
            List<ArchivedImage.Plain> plain,
            List<Reference> names) {
        Optional<ArchivedImage.Plain> same = manifest instanceof Manifest.Image image
                ? plain.stream()
                        .filter(other -> other.id().equals(image.config().digest()))
                        .findFirst()
                : Optional.empty();
        List<Reference> all = both(names, same.map(ArchivedImage::names).orElse(List.of()));
        boolean madeUp = same.isPresent() && manifest instanceof Manifest.Image image && isMadeUp(image, same.get());
        return madeUp ? same.get().named(all) : new ArchivedImage.Whole(layout, descriptor, all);
    }

    /// Docker 25.0.0 left the layers out of the manifests that it invented (moby#47065).
    private static boolean isMadeUp(Manifest.Image image, ArchivedImage.Plain plain) {
        boolean tars = image.layers().stream().map(Descriptor::mediaType).allMatch(PLAIN_LAYERS::contains);
        return tars
                && (plain.sourced() || image.layers().size() < plain.layers().size());
    }
}
