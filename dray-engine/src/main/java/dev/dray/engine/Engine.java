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
import dev.dray.engine.copy.PullReport;
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
import dev.dray.engine.verify.DamagedBlobs;
import dev.dray.engine.verify.ImageVerify;
import dev.dray.engine.verify.VerifyReport;
import dev.dray.model.Reference;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import dev.dray.store.process.Lease;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Images on this host, over one store: the entry to this room.
///
/// Works without a daemon; several processes may use one store at once. Thread safe; the caller closes. What a method
/// changed is durable when it returns. Failures that a user can act on are [DrayException]s.
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

    /// Opens the engine over the store in `folder`, which is made when it is absent.
    ///
    /// @param options for speaking to registries; what they say of provenance is replaced by the store's own
    public static Engine open(Path folder, ClientOptions.Builder options) {
        return new Engine(Store.open(folder, StoreKind.ENGINE), options);
    }

    /// Opened when a registry is first spoken to: commands that speak to none start faster.
    private synchronized RegistryClient client() {
        if (client == null) {
            client = RegistryClient.open(
                    options.provenance(new StoreProvenance(store)).build());
        }
        return client;
    }

    /// Brings an image into the store under the name that it was asked for by.
    public PullReport pull(Reference reference, PlatformChoice platform, TransferListener listener) throws IOException {
        return pull(reference, new CopyOptions(platform, false), listener);
    }

    /// [#pull] with what refers to the image, when that is wished for.
    public PullReport pull(Reference reference, CopyOptions wanted, TransferListener listener) throws IOException {
        return pull(reference, wanted, false, PolicyListener.of(listener));
    }

    /// [#pull], heard with what is done with the layers. When it returns they are kept as the policy says.
    ///
    /// @param later whether the blobs keep their files for now, whatever the policy says
    public PullReport pull(Reference reference, CopyOptions wanted, boolean later, PolicyListener listener)
            throws IOException {
        return new ImagePull(store, client(), listener).pull(reference, wanted, later);
    }

    /// Sends images of the store to where their names say; those of one repository together.
    ///
    /// @return a report for each repository, by the first name that went there
    public Map<Reference, PushReport> push(List<Reference> names, TransferListener listener) throws IOException {
        return push(names, false, listener);
    }

    /// [#push] with what refers to the images, when that is wished for.
    public Map<Reference, PushReport> push(List<Reference> names, boolean referrers, TransferListener listener)
            throws IOException {
        return new ImagePush(store, finder, client(), damaged()).push(names, referrers, listener);
    }

    private DamagedBlobs damaged() {
        return new DamagedBlobs(store, finder, repair());
    }

    private BlobRepair repair() {
        return new BlobRepair(store, this::client);
    }

    /// What the store keeps of layers.
    public LayerStorage keeping() {
        return new LayerStorage(store, repair());
    }

    /// Copies an image from any place to any other. Manifests and blobs stay byte for byte; where they cannot, the
    /// report has a note. Memory is bounded; nothing is there under the target's name before all of it is.
    public CopyReport copy(ImageLocation from, ImageLocation to, CopyOptions wanted, TransferListener listener)
            throws IOException {
        return copy(listener).copy(from, to, wanted);
    }

    /// Copies an image out of the store of another engine, under its original digests. Blobs that the target's registry
    /// has where that engine saw them are linked, and not made.
    public CopyReport copy(AdoptedImage from, ImageLocation to, CopyOptions wanted, TransferListener listener)
            throws IOException {
        return copy(listener).copy(from, to, wanted);
    }

    /// Takes an image of another engine into the store under a name: contents and recipes, without its
    /// compressed layers ever being on disk. Large blobs are made from them from then on.
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
        return new ImageCopy(new Transports(store, finder, damaged(), this::client, listener));
    }

    /// Writes images into a layout or an archive, which is finished by that and not closed.
    ///
    /// @param names as [#image] takes them
    public CopyReport save(List<String> names, CopyOptions wanted, ImageWriter shelf, TransferListener listener)
            throws IOException {
        return new ImageSave(finder, damaged(), listener).save(names, wanted, shelf);
    }

    /// Brings the images of an archive, or of an OCI layout in a folder, into the store, under the names that it
    /// has for them. What the store has is not read again.
    public List<LoadedImage> load(Path file, TransferListener listener) throws IOException {
        try (ImageArchive archive = ImageArchive.open(file, spool())) {
            return new ImageLoad(store, listener).load(archive);
        }
    }

    /// [#load] of an archive that comes as a stream. It is kept in a file without a name meanwhile.
    ///
    /// @param name of the stream, for messages
    public List<LoadedImage> load(InputStream in, String name, TransferListener listener) throws IOException {
        try (ImageArchive archive = ImageArchive.read(in, name, spool())) {
            return new ImageLoad(store, listener).load(archive);
        }
    }

    private Path spool() {
        return Transports.spool(store);
    }

    /// The steps by which an image was built, the last one first; of an index those of its image for this host.
    public List<HistoryStep> history(StoredImage image) throws IOException {
        return ImageHistory.of(image, new StoredRepository(store, image.repository()));
    }

    /// Makes an image of tars, lowest layer first, under a name.
    public StoredImage build(List<LayerInput> layers, ImageSettings settings, Reference name) throws IOException {
        return new ImageBuild(store).build(layers, settings, name);
    }

    /// Gives the image that `text` finds another name.
    public void tag(String text, Reference target) throws IOException {
        new ImageTag(store).tag(finder.get(text), target.requireName());
    }

    /// The image that a person means by a name or the beginning of an ID.
    public StoredImage image(String text) {
        return finder.get(text);
    }

    /// All images, in the order of their names.
    public List<ImageSummary> images() {
        return finder.all(ImageDescribe::summary);
    }

    /// What is known of one image.
    public ImageSummary describe(StoredImage image) {
        return ImageDescribe.summary(image, new StoredRepository(store, image.repository()));
    }

    /// Takes the name that `image` was found by away, and the image, with what it alone needed,
    /// when it was the last one in its repository.
    public RemoveReport remove(StoredImage image) {
        return new ImageRemove(store).remove(image);
    }

    /// Takes the name `text` away, or, when it is the beginning of an ID, all names of the image; and the image
    /// when it has none left.
    ///
    /// @param force whether names in several repositories may go at once; else an ID with such names is refused
    public List<RemoveReport> remove(String text, boolean force) {
        return finder.toRemove(text, force).stream().map(this::remove).toList();
    }

    /// Reads images again and compares every digest.
    public VerifyReport verify(List<StoredImage> images, TransferListener listener) throws IOException {
        return new ImageVerify(store, listener).verify(images);
    }

    /// The tags of the repository that `reference` names, as full names.
    public List<Reference> tags(Reference reference) {
        return finder.tags(reference);
    }

    /// Gets original blobs out of the stores of other engines; what is found out is kept in this store.
    ///
    /// @param beginnings who is asked for the first bytes of blobs
    /// @param workers how many encoders run at once, at least one
    public Adopter adopter(BlobPrefixes beginnings, int workers, Effort effort) {
        return new Adopter(RecipeCache.in(store), beginnings, workers, effort);
    }

    /// Waits for what is being written, and closes connections.
    @Override
    public synchronized void close() {
        try (store) {
            if (client != null) {
                client.close();
            }
        }
    }
}
