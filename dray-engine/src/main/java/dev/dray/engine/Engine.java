package dev.dray.engine;

import dev.dray.client.ClientOptions;
import dev.dray.client.RegistryClient;
import dev.dray.client.push.PushReport;
import dev.dray.client.transfer.TransferListener;
import dev.dray.engine.adopt.AdoptedImage;
import dev.dray.engine.adopt.Adopter;
import dev.dray.engine.adopt.search.BlobPrefixes;
import dev.dray.engine.adopt.search.Effort;
import dev.dray.engine.adopt.search.RecipeCache;
import dev.dray.engine.archive.ArchiveInput;
import dev.dray.engine.archive.ImageArchive;
import dev.dray.engine.archive.layout.ImageWriter;
import dev.dray.engine.copy.CopyReport;
import dev.dray.engine.copy.ImageCopy;
import dev.dray.engine.copy.ImageLoad;
import dev.dray.engine.copy.ImageLocation;
import dev.dray.engine.copy.ImagePull;
import dev.dray.engine.copy.ImagePush;
import dev.dray.engine.copy.ImageSave;
import dev.dray.engine.copy.LoadedImage;
import dev.dray.engine.copy.PullOptions;
import dev.dray.engine.copy.PullReport;
import dev.dray.engine.copy.PushOptions;
import dev.dray.engine.copy.Transports;
import dev.dray.engine.intake.AdoptedIntake;
import dev.dray.engine.intake.ImageBuild;
import dev.dray.engine.intake.ImageSettings;
import dev.dray.engine.intake.LayerInput;
import dev.dray.engine.policy.PolicyListener;
import dev.dray.engine.repository.HistoryStep;
import dev.dray.engine.repository.ImageDescribe;
import dev.dray.engine.repository.ImageFinder;
import dev.dray.engine.repository.ImageHistory;
import dev.dray.engine.repository.ImageRemove;
import dev.dray.engine.repository.ImageSummary;
import dev.dray.engine.repository.ImageTag;
import dev.dray.engine.repository.RemoveReport;
import dev.dray.engine.repository.StoreProvenance;
import dev.dray.engine.repository.StoredImage;
import dev.dray.engine.repository.StoredRepository;
import dev.dray.engine.transfer.CopyOptions;
import dev.dray.engine.transfer.PlatformChoice;
import dev.dray.engine.verify.BlobRepair;
import dev.dray.engine.verify.ImageVerify;
import dev.dray.engine.verify.VerifyReport;
import dev.dray.model.Reference;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.StoreOptions;
import dev.dray.store.process.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Images on this host, over one store: the entry to this room.
///
/// Works without a daemon; several processes may use one store at once. Thread safe; the caller closes.
/// Changes are durable on return. Failures that a user can act on are [DrayException]s.
public final class Engine implements AutoCloseable {
    private final Store store;
    private final ClientOptions.Builder options;
    private final ImageFinder finder;
    private @Nullable RegistryClient client;

    private Engine(Store store, ClientOptions.Builder options) {
        this.store = store;
        this.options = options;
        this.finder = new ImageFinder(store);
    }

    /// Opens the engine over the store in `folder`, which is created when it is absent.
    ///
    /// @param options for speaking to registries; what they say of provenance is replaced by the store's own
    public static Engine open(Path folder, ClientOptions.Builder options) {
        return open(folder, StoreOptions.standard(), options);
    }

    /// [#open] with a way to the disk, a clock or a database of the caller's own.
    public static Engine open(Path folder, StoreOptions storeOptions, ClientOptions.Builder options) {
        return new Engine(Store.open(folder, StoreKind.ENGINE, storeOptions), options);
    }

    /// Opened when a registry is first spoken to: commands that speak to none start faster.
    private synchronized RegistryClient client() {
        if (client == null) {
            client = RegistryClient.open(
                    options.provenance(new StoreProvenance(store)).build());
        }
        return client;
    }

    /// Pulls an image into the store, under the name that it was asked for by, and applies the policy to its
    /// layers. A [PolicyListener] hears of both.
    public PullReport pull(Reference reference, PullOptions options, TransferListener listener) throws IOException {
        return new ImagePull(store, client(), PolicyListener.of(listener)).pull(reference, options);
    }

    /// Pushes images of the store to the registries that their names say; those of one repository together.
    ///
    /// @return a report for each repository, by the first name that went there
    public Map<Reference, PushReport> push(List<Reference> names, PushOptions options, TransferListener listener)
            throws IOException {
        return new ImagePush(store, finder, client(), repair()).push(names, options, listener);
    }

    private BlobRepair repair() {
        return new BlobRepair(store, finder, this::client);
    }

    /// The layers in the store: policy, forms, pins.
    public LayerStorage layerStorage() {
        return new LayerStorage(store, repair());
    }

    /// Copies an image between any two locations. Manifests and blobs stay byte for byte; where they cannot, the
    /// report has a note. Memory is bounded; the target's name appears when all of the image is there.
    public CopyReport copy(ImageLocation from, ImageLocation to, CopyOptions options, TransferListener listener)
            throws IOException {
        return copy(listener).copy(from, to, options);
    }

    /// Copies an image out of the store of another engine, under its original digests. Blobs that the target's
    /// registry has where that engine saw them are mounted, and not rebuilt.
    public CopyReport copy(AdoptedImage from, ImageLocation to, CopyOptions options, TransferListener listener)
            throws IOException {
        return copy(listener).copy(from, to, options);
    }

    /// Takes an image of another engine into the store under a name, as contents and recipes: its compressed
    /// layers are never on disk, and large blobs are rebuilt whenever they are read.
    public CopyReport adopt(AdoptedImage image, Reference name, TransferListener listener) throws IOException {
        try (Lease lease = store.lease()) {
            new AdoptedIntake(store).take(image, lease);
            return copy(
                    image,
                    new ImageLocation.Stored(name.toString()),
                    new CopyOptions(PlatformChoice.host(), false),
                    listener);
        }
    }

    private ImageCopy copy(TransferListener listener) {
        return new ImageCopy(new Transports(store, finder, repair(), this::client, listener));
    }

    /// Writes images into a layout or an archive, which is finished by that and not closed.
    ///
    /// @param names as [#image] takes them
    public CopyReport save(List<String> names, CopyOptions options, ImageWriter writer, TransferListener listener)
            throws IOException {
        return new ImageSave(finder, repair(), listener).save(names, options, writer);
    }

    /// Loads the images of an archive into the store, under the names that the archive has for them. Blobs that
    /// the store has are not read again. A stream is spooled into a file without a name first.
    public List<LoadedImage> load(ArchiveInput input, TransferListener listener) throws IOException {
        Path spool = Transports.spool(store);
        try (ImageArchive archive = ImageArchive.open(input, spool)) {
            return new ImageLoad(store, listener).load(archive);
        }
    }

    /// The steps by which an image was built, the last one first; of an index those of its image for this host.
    public List<HistoryStep> history(StoredImage image) throws IOException {
        return ImageHistory.of(image, new StoredRepository(store, image.repository()));
    }

    /// Builds an image from tars, lowest layer first, under a name.
    public StoredImage build(List<LayerInput> layers, ImageSettings settings, Reference name) throws IOException {
        return new ImageBuild(store).build(layers, settings, name);
    }

    /// Gives the image that `text` finds another name.
    public void tag(String text, Reference target) throws IOException {
        new ImageTag(store).tag(finder.get(text), target.requireName());
    }

    /// The image that a name or the beginning of an ID stands for.
    public StoredImage image(String text) {
        return finder.get(text);
    }

    /// All images, in the order of their names.
    public List<ImageSummary> images() {
        return finder.all().stream().map(this::describe).toList();
    }

    /// Describes one image.
    public ImageSummary describe(StoredImage image) {
        return ImageDescribe.summary(image, new StoredRepository(store, image.repository()));
    }

    /// Removes the name that `image` was found by, and the image, with all blobs that it alone needed, when that
    /// was its last name in the repository.
    RemoveReport remove(StoredImage image) {
        return new ImageRemove(store).remove(image);
    }

    /// Removes the name `text`, or, when it is the beginning of an ID, all names of the image; and the image when
    /// it has no name left.
    ///
    /// @param force whether names in several repositories may go at once; otherwise an ID with such names is
    ///     refused
    public List<RemoveReport> remove(String text, boolean force) {
        return finder.toRemove(text, force).stream().map(this::remove).toList();
    }

    /// Reads images again and compares every digest.
    public VerifyReport verify(List<StoredImage> images, TransferListener listener) throws IOException {
        return new ImageVerify(store, listener).verify(images);
    }

    /// Recovers original blobs from the stores of other engines; this store remembers the recipes that were found.
    ///
    /// @param beginnings gives the first bytes of blobs
    /// @param workers how many encoders run at once, at least one
    public Adopter adopter(BlobPrefixes beginnings, int workers, Effort effort) {
        return new Adopter(RecipeCache.in(store), beginnings, workers, effort);
    }

    /// Waits for writes that are under way, and closes connections.
    @Override
    public synchronized void close() {
        try (store) {
            if (client != null) {
                client.close();
            }
        }
    }
}
