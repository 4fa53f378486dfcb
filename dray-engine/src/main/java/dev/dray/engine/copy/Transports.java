package dev.dray.engine.copy;

import dev.dray.client.RegistryClient;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.adopt.AdoptedImage;
import dev.dray.engine.archive.ArchiveName;
import dev.dray.engine.archive.ArchiveWriter;
import dev.dray.engine.archive.ArchivedImage;
import dev.dray.engine.archive.ImageArchive;
import dev.dray.engine.archive.layout.ImageWriter;
import dev.dray.engine.archive.layout.LayoutName;
import dev.dray.engine.archive.layout.LayoutWriter;
import dev.dray.engine.archive.layout.ListedName;
import dev.dray.engine.archive.layout.OciLayout;
import dev.dray.engine.intake.ImageIntake;
import dev.dray.engine.intake.PlainIntake;
import dev.dray.engine.policy.PolicyListener;
import dev.dray.engine.repository.ImageFinder;
import dev.dray.engine.repository.StoreProvenance;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.transfer.FoundImage;
import dev.dray.engine.transfer.ResolvedImage;
import dev.dray.engine.verify.BlobRepair;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.ManifestSelector;
import dev.dray.store.Store;
import dev.dray.store.process.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Opens locations: the one class that turns the name of a location into a source or target of images.
public record Transports(
        Store store,
        ImageFinder finder,
        BlobRepair repair,
        Supplier<RegistryClient> client,
        TransferListener listener) {
    /// Finds the image at a location; the caller closes.
    OpenedImage source(ImageLocation location) throws IOException {
        return switch (location) {
            case ImageLocation.Registry(Reference reference) ->
                OpenedImage.in(reference, ImagePull.found(client.get().repository(reference), reference));
            case ImageLocation.Stored(String name) -> {
                StoredImage image = finder.get(name);
                yield OpenedImage.of(
                        new FoundImage(repair.repository(image.repository()), image.manifest(), image.digest()));
            }
            case ImageLocation.Layout(LayoutName name) -> {
                OciLayout layout = OciLayout.open(name.folder());
                yield OpenedImage.of(listed(layout, layout.image(name.tag().map(Tag::value))));
            }
            case ImageLocation.Archive(ArchiveName name) -> archived(name);
        };
    }

    private OpenedImage archived(ArchiveName name) throws IOException {
        ImageArchive archive = ImageArchive.open(name.file(), spool(store));
        Lease lease = store.lease();
        OpenedImage.Resource resource = () -> {
            lease.close();
            archive.close();
        };
        try {
            return switch (archive.image(name.name())) {
                case ArchivedImage.Whole whole ->
                    new OpenedImage(
                            listed(whole.layout(), whole.descriptor()),
                            false,
                            BlobSources.none(),
                            Optional.empty(),
                            resource);
                case ArchivedImage.Plain plain ->
                    new OpenedImage(
                            new PlainIntake(store, listener).take(plain, lease).image(),
                            false,
                            BlobSources.none(),
                            Optional.of("the archive has no manifest of the image's blobs: one was created, "
                                    + "and layers that it keeps as plain tars were compressed"),
                            resource);
            };
        } catch (IOException | RuntimeException failure) {
            resource.close();
            throw failure;
        }
    }

    /// An image of another engine. Nothing of it is held open.
    static OpenedImage source(AdoptedImage image) throws IOException {
        Manifest manifest = image.manifest();
        Optional<String> note = image.isOriginal()
                ? Optional.empty()
                : Optional.of(image.image().unoriginal()
                        + "; a new manifest was created, and layers that never had a blob were compressed");
        FoundImage found = new FoundImage(image, manifest, manifest.raw().sha256());
        return new OpenedImage(found, false, BlobSources.of(image), note, () -> {});
    }

    static FoundImage listed(OciLayout layout, Descriptor descriptor) throws IOException {
        return new FoundImage(layout, layout.manifest(ManifestSelector.of(descriptor.digest())), descriptor.digest());
    }

    /// The folder for archives that can be read only once, in files without names.
    public static Path spool(Store store) {
        return store.folder().resolve("staging");
    }

    /// Opens a location for writing, copies, and closes it.
    ///
    /// @param from where the image's blobs may be mounted from
    CopyTarget.Sent send(ImageLocation location, BlobSources from, ResolvedImage image, List<ResolvedImage> referrers)
            throws IOException {
        return switch (location) {
            case ImageLocation.Registry(Reference target) ->
                new RegistryTarget(client.get(), target, new CopyProvenance(new StoreProvenance(store), from), listener)
                        .receive(image, referrers);
            case ImageLocation.Stored(String name) ->
                new StoreTarget(new ImageIntake(store, false, PolicyListener.of(listener)), stored(name))
                        .receive(image, referrers);
            case ImageLocation.Layout(LayoutName name) ->
                write(LayoutWriter.open(name.folder()), name.tag().map(ListedName::of), image, referrers);
            case ImageLocation.Archive(ArchiveName name) -> {
                requireNew(name);
                yield write(ArchiveWriter.create(name.file(), name.kind()), name.listed(), image, referrers);
            }
        };
    }

    private static Reference stored(String name) {
        return Reference.parse(name).requireName();
    }

    private static void requireNew(ArchiveName name) {
        if (Files.isRegularFile(name.file())) {
            throw new DrayException(
                            DrayException.Kind.CONFLICT,
                            "\"%s\" is there already, and images cannot be added to an archive".formatted(name.file()))
                    .advising("name another file, or put several images into one with `dray save`");
        }
    }

    private CopyTarget.Sent write(
            ImageWriter opened, Optional<ListedName> name, ResolvedImage image, List<ResolvedImage> referrers)
            throws IOException {
        try (ImageWriter writer = opened) {
            return new WriterTarget(writer, listener).once(name).receive(image, referrers);
        }
    }
}
