package dev.dray.engine;

import dev.dray.client.ClientOptions;
import dev.dray.client.RegistryClient;
import dev.dray.client.push.PushReport;
import dev.dray.client.push.TransferListener;
import dev.dray.engine.adopt.Adopter;
import dev.dray.engine.adopt.Beginnings;
import dev.dray.engine.adopt.Recollection;
import dev.dray.model.DrayException;
import dev.dray.model.Reference;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import java.io.IOException;
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
        return new ImagePull(store, client()).pull(reference, platform, listener);
    }

    /// Sends images of the store to where their names say; those of one repository together.
    ///
    /// @return a report for each repository, by the first name that went there
    public Map<Reference, PushReport> push(List<Reference> names, TransferListener listener) throws IOException {
        return new ImagePush(store, finder, client()).push(names, listener);
    }

    /// Makes an image of tars, lowest layer first, under a name.
    public StoredImage build(List<LayerInput> layers, ImageSettings settings, Reference name) throws IOException {
        return new ImageBuild(store).build(layers, settings, name);
    }

    /// Gives the image that `text` finds another name.
    public void tag(String text, Reference target) throws IOException {
        if (target.digest().isPresent()) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "the target \"%s\" is a digest: a name ends in a tag".formatted(target));
        }
        new ImageTag(store).tag(finder.get(text), target);
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

    /// Takes the name that `image` was found by away, and the image when it was the last one in its repository.
    public RemoveReport remove(StoredImage image) {
        return new ImageRemove(store).remove(image);
    }

    /// Takes the name `text` away, or, when it is the beginning of an ID, all names of the image; and the image when it
    /// has none left.
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
    /// @param workers how many encoders run at once, at least one
    public Adopter adopter(Beginnings beginnings, int workers) {
        return new Adopter(Recollection.in(store), beginnings, workers);
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
