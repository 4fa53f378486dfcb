package dev.dray.engine.repository;

import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.ImageConfig;
import dev.dray.model.image.ImageSource;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.store.Repository;
import dev.dray.store.Store;
import dev.dray.store.catalog.LayerTable;
import dev.dray.store.catalog.Manifests;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/// Finds the blob that the store has of a layer by the digest of the layer's tar, the diffID.
///
/// Configs of images claim diffIDs, and anybody can write a config; so what a config claims is only a hint. A blob
/// with a recipe was rebuilt from the layer of that diffID when it was proven, which is proof enough; any other is
/// unpacked and hashed before it counts. Of several blobs of one layer the gzip ones come first, then the lowest
/// digest. Not thread safe; of use for one load, since the images of the store are looked at once.
public final class KnownLayers {
    private static final int BUFFER = 1 << 20;
    private static final Set<MediaType> GZIP = Set.of(MediaType.OCI_LAYER_GZIP, MediaType.DOCKER_LAYER_GZIP);

    private final Store store;
    private final Map<Digest, Optional<Descriptor>> found = new HashMap<>();
    private Optional<Map<Digest, List<Descriptor>>> claims = Optional.empty();

    public KnownLayers(Store store) {
        this.store = store;
    }

    /// The blob of a layer, gzip or a plain tar.
    public Optional<Descriptor> find(Digest diffId) {
        Optional<Descriptor> known = found.get(diffId);
        if (known == null) {
            known = search(diffId);
            found.put(diffId, known);
        }
        return known;
    }

    private Optional<Descriptor> search(Digest diffId) {
        if (claims.isEmpty()) {
            claims = Optional.of(readClaims());
        }
        List<Descriptor> candidates = claims.get().getOrDefault(diffId, List.of()).stream()
                .distinct()
                .sorted(Comparator.comparing((Descriptor layer) -> !GZIP.contains(layer.mediaType()))
                        .thenComparing(Descriptor::digest))
                .toList();
        for (Descriptor candidate : candidates) {
            if (holds(candidate, diffId)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private boolean holds(Descriptor layer, Digest diffId) {
        Optional<? extends Content> blob = open(store, layer.digest());
        if (blob.isEmpty()) {
            return false;
        }
        Optional<Digest> proven = proven(layer.digest());
        if (proven.filter(known -> known.algorithm() == diffId.algorithm()).isPresent()) {
            return proven.get().equals(diffId);
        }
        MessageDigest hasher = diffId.algorithm().hasher();
        try (InputStream in = blob.get().open(0);
                InputStream tar = GZIP.contains(layer.mediaType()) ? new GZIPInputStream(in, BUFFER) : in) {
            new DigestInputStream(tar, hasher).transferTo(OutputStream.nullOutputStream());
        } catch (IOException | DrayException unreadable) {
            return false;
        }
        return Digest.of(diffId.algorithm(), hasher.digest()).equals(diffId);
    }

    /// The diffID of the layer that the blob was proven with.
    private Optional<Digest> proven(Digest blob) {
        return store.catalog()
                .read(transaction -> transaction
                        .recipes()
                        .find(blob)
                        .flatMap(recipe -> transaction.layers().find(recipe.layer()))
                        .map(LayerTable.Row::diffId));
    }

    private Map<Digest, List<Descriptor>> readClaims() {
        Map<Digest, List<Descriptor>> claimed = new HashMap<>();
        for (Repository repository : store.repositories()) {
            ImageSource source = new StoredRepository(store, repository.name());
            repository.contents().manifests().values().forEach(stored -> addClaims(stored, source, claimed));
        }
        return claimed;
    }

    private static void addClaims(Manifests.Stored stored, ImageSource source, Map<Digest, List<Descriptor>> claimed) {
        if (!stored.mediaType().isImageManifest()
                || !(stored.parse() instanceof Manifest.Image image)
                || !image.config().mediaType().isImageConfig()) {
            return;
        }
        List<Digest> diffIds = diffIds(source, image.config());
        if (diffIds.size() == image.layers().size()) {
            for (int i = 0; i < diffIds.size(); i++) {
                Descriptor layer = image.layers().get(i);
                if (GZIP.contains(layer.mediaType()) || layer.mediaType().equals(MediaType.OCI_LAYER)) {
                    claimed.computeIfAbsent(diffIds.get(i), _ -> new ArrayList<>())
                            .add(Descriptor.of(layer.mediaType(), layer.digest(), layer.size()));
                }
            }
        }
    }

    /// None when the config is absent or unreadable.
    private static List<Digest> diffIds(ImageSource source, Descriptor config) {
        if (config.size() > Manifest.LARGEST) {
            return List.of();
        }
        try (InputStream in = source.blob(config).open(0)) {
            return ImageConfig.parse(RawBytes.copyOf(in.readNBytes((int) config.size())))
                    .diffIds();
        } catch (DrayException | IOException absent) {
            return List.of();
        }
    }

    /// A healthy blob of the store, wherever it is linked.
    public static Optional<? extends Content> open(Store store, Digest digest) {
        return store.blobs().healthy(digest).flatMap(store.blobs()::open);
    }
}
