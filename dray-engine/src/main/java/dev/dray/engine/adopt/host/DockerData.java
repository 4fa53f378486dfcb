package dev.dray.engine.adopt.host;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
import dev.dray.model.image.ImageConfig;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import dev.dray.model.json.JsonValue;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The images of a Docker Engine with a graph driver: its data root, drivers overlay2, fuse-overlayfs and vfs.
///
/// Layers are immutable there, and documents are replaced whole, so no lock is needed beside a running dockerd.
/// Manifests come from the content store in which Docker from 20.10 on stores those that it pulled. Source: moby's
/// `image`, `layer` and `distribution/metadata` stores on disk.
public final class DockerData implements HostStore {
    private static final Set<String> DRIVERS = Set.of("overlay2", "fuse-overlayfs", "vfs");
    private static final String CONTENT = "io.containerd.content.v1.content/blobs/sha256";

    private static final String NO_MANIFEST =
            "Docker kept no manifest: the image was built or loaded here, or pulled by a Docker before 20.10";

    /// The content stores of a containerd of its own, and of one of the system.
    private static final Path SYSTEM_CONTENT = Path.of("/var/lib/containerd", CONTENT);

    private final StoreFiles files;
    private final String driver;
    private final DockerManifests manifests;

    private DockerData(StoreFiles files, String driver) {
        this.files = files;
        this.driver = driver;
        this.manifests = new DockerManifests(
                List.of(files.resolve("containerd", "daemon").resolve(CONTENT), SYSTEM_CONTENT));
    }

    /// Opens the data root in `root`; when several drivers were used there, the one with the most recent images.
    ///
    /// @throws DrayException of kind NOT_FOUND when it is none, UNSUPPORTED when images are stored in another way
    public static DockerData open(Path root) throws IOException {
        StoreFiles files = StoreFiles.open(root);
        Set<String> drivers = new LinkedHashSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(files.resolve("image"))) {
            for (Path folder : folders) {
                if (Files.exists(folder.resolve("imagedb"))) {
                    drivers.add(folder.getFileName().toString());
                }
            }
        } catch (NoSuchFileException none) {
            // said below
        } catch (AccessDeniedException refused) {
            throw UnpackedFiles.denied(files.root(), refused);
        }
        if (drivers.isEmpty()) {
            throw withoutImages(files);
        }
        return DRIVERS.stream()
                .filter(drivers::contains)
                .max(Comparator.comparingLong(driver -> files.resolve("image", driver, "repositories.json")
                        .toFile()
                        .lastModified()))
                .map(driver -> new DockerData(files, driver))
                .orElseThrow(() -> new DrayException(
                                DrayException.Kind.UNSUPPORTED,
                                "Docker in \"%s\" uses the graph driver %s".formatted(files.root(), drivers))
                        .advising("overlay2, fuse-overlayfs and vfs are read"));
    }

    /// Whether a folder without images of a graph driver is Docker's all the same: what a dockerd puts there as
    /// soon as it starts.
    static boolean isDataRoot(Path folder) {
        return Stream.of("engine-id", "buildkit", "image", "swarm", "containerd/daemon")
                .anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    private static DrayException withoutImages(StoreFiles files) {
        if (!isDataRoot(files.root())) {
            return new DrayException(
                    DrayException.Kind.NOT_FOUND,
                    "no images of a Docker graph driver in \"%s\"".formatted(files.root()));
        }
        return new DrayException(
                        DrayException.Kind.UNSUPPORTED,
                        "Docker in \"%s\" has no images of a graph driver: it is new, or keeps them in containerd's image"
                                        .formatted(files.root())
                                + " store")
                .advising("that store keeps the original blobs: docker push does not change their digests, and docker"
                        + " save IMAGE | dray load brings them here");
    }

    @Override
    public HostEngine engine() {
        return HostEngine.DOCKER;
    }

    @Override
    public Path root() {
        return files.root();
    }

    @Override
    public String driver() {
        return driver;
    }

    private Path images(String... names) {
        Path path = files.resolve("image", driver);
        for (String name : names) {
            path = path.resolve(name);
        }
        return path;
    }

    @Override
    public List<HostEntry> entries() throws IOException {
        Map<Digest, List<Reference>> names = names();
        List<HostEntry> entries = new ArrayList<>();
        names.forEach((id, all) -> entries.add(new HostEntry(
                id, all.stream().filter(name -> name.tag().isPresent()).toList())));
        try (DirectoryStream<Path> configs = Files.newDirectoryStream(images("imagedb", "content", "sha256"))) {
            for (Path config : configs) {
                String hex = config.getFileName().toString();
                if (StorageLayers.isId(hex) && !names.containsKey(Digest.parse("sha256:" + hex))) {
                    entries.add(new HostEntry(Digest.parse("sha256:" + hex), List.of()));
                }
            }
        } catch (NoSuchFileException none) {
            return entries;
        }
        return entries;
    }

    /// All references of all images, by tag and by digest.
    private Map<Digest, List<Reference>> names() throws IOException {
        Map<Digest, List<Reference>> names = new LinkedHashMap<>();
        JsonObject repositories = files.json(images("repositories.json"))
                .flatMap(JsonValue::asObject)
                .flatMap(document -> document.object("Repositories"))
                .orElse(JsonValue.object().build());
        for (JsonValue references : repositories.members().values()) {
            references
                    .asObject()
                    .ifPresent(object -> object.members().forEach((name, id) -> {
                        try {
                            names.computeIfAbsent(Digest.parse(id.text().orElse("")), _ -> new ArrayList<>())
                                    .add(Reference.parse(name));
                        } catch (DrayException malformed) {
                            // the image can still be found by its ID
                        }
                    }));
        }
        return names;
    }

    @Override
    public HostImage image(HostEntry entry) throws IOException {
        Digest id = entry.id();
        RawBytes raw = files.find(images("imagedb", "content", "sha256", id.hex()))
                .orElseThrow(() ->
                        new DrayException(DrayException.Kind.NOT_FOUND, "image %s is gone".formatted(id.shortHex())));
        if (!raw.digest(id.algorithm()).equals(id)) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT, "the config of image %s is damaged".formatted(id.shortHex()));
        }
        ImageConfig config = ImageConfig.parse(raw);
        List<Reference> names = names().getOrDefault(id, List.of());
        Optional<Manifest.Image> manifest = manifests.find(id, config.diffIds().size(), names);
        List<HostLayer> layers = new ArrayList<>();
        Optional<Digest> chain = Optional.empty();
        for (int i = 0; i < config.diffIds().size(); i++) {
            Digest diffId = config.diffIds().get(i);
            chain = Optional.of(chainId(chain, diffId));
            layers.add(layer(chain.get(), diffId, i, manifest, names));
        }
        return new HostImage(
                id,
                names.stream().filter(name -> name.tag().isPresent()).toList(),
                config,
                manifest,
                manifest.isPresent() ? "" : NO_MANIFEST,
                MediaType.DOCKER_MANIFEST,
                layers);
    }

    private static Digest chainId(Optional<Digest> parent, Digest diffId) {
        return parent.map(chain -> Digest.sha256((chain + " " + diffId).getBytes(StandardCharsets.UTF_8)))
                .orElse(diffId);
    }

    private HostLayer layer(
            Digest chain, Digest diffId, int index, Optional<Manifest.Image> manifest, List<Reference> names)
            throws IOException {
        DockerBlobs blobs = new DockerBlobs(files, images("distribution"));
        DockerBlobs.Known known =
                blobs.find(diffId, manifest.map(image -> image.layers().get(index)), names);
        Path folder = images("layerdb", chain.algorithm().label(), chain.hex());
        return new HostLayer(
                diffId,
                known.blob(),
                known.seen(),
                folder.resolve("tar-split.json.gz"),
                List.of(unpacked(folder)),
                Optional.empty());
    }

    /// Where the files of a layer are. Of a layer that is gone: where nothing is, as its tar-split is not.
    private Path unpacked(Path layer) throws IOException {
        Optional<String> cache = files.find(layer.resolve("cache-id"))
                .map(text -> text.toString().strip());
        if (cache.isEmpty()) {
            return layer.resolve("cache-id");
        }
        if (!cache.get().matches("[0-9A-Za-z]{1,128}")) {
            throw new DrayException(
                    DrayException.Kind.INVALID,
                    "\"%s\" holds no name of a folder".formatted(layer.resolve("cache-id")));
        }
        return driver.equals("vfs")
                ? files.resolve("vfs", "dir", cache.get())
                : files.resolve(driver, cache.get(), "diff");
    }
}
