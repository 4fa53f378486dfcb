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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The images of podman, buildah, skopeo and CRI-O: a folder of containers/storage, drivers overlay and vfs.
///
/// Documents are read under the owner's shared lock. Source: containers/storage 1.43 to 1.59 on disk.
public final class ContainersStorage implements HostStore {
    private static final Set<String> DRIVERS = Set.of("overlay", "vfs");
    private static final String IMAGES = "-images";

    private final StoreFiles files;
    private final String driver;

    private ContainersStorage(StoreFiles files, String driver) {
        this.files = files;
        this.driver = driver;
    }

    /// Opens the store in `root`; when several drivers were used there, the one with the most recent images.
    ///
    /// @throws DrayException of kind NOT_FOUND when there is none, UNSUPPORTED when its driver is not known
    public static ContainersStorage open(Path root) throws IOException {
        StoreFiles files = StoreFiles.open(root);
        Set<String> drivers = new LinkedHashSet<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(files.root(), "*" + IMAGES)) {
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                if (Files.exists(folder.resolve("images.json"))) {
                    drivers.add(name.substring(0, name.length() - IMAGES.length()));
                }
            }
        } catch (AccessDeniedException refused) {
            throw UnpackedFiles.denied(files.root(), refused);
        }
        if (drivers.isEmpty()) {
            throw new DrayException(
                    DrayException.Kind.NOT_FOUND, "no images of containers/storage in \"%s\"".formatted(files.root()));
        }
        return DRIVERS.stream()
                .filter(drivers::contains)
                .max(Comparator.comparingLong(driver -> modified(files, driver)))
                .map(driver -> new ContainersStorage(files, driver))
                .orElseThrow(() -> new DrayException(
                                DrayException.Kind.UNSUPPORTED,
                                "containers/storage in \"%s\" uses the driver %s".formatted(files.root(), drivers))
                        .advising("overlay and vfs are read"));
    }

    private static long modified(StoreFiles files, String driver) {
        return files.resolve(driver + IMAGES, "images.json").toFile().lastModified();
    }

    @Override
    public HostEngine engine() {
        return HostEngine.CONTAINERS;
    }

    @Override
    public Path root() {
        return files.root();
    }

    @Override
    public String driver() {
        return driver;
    }

    @Override
    public List<HostEntry> entries() throws IOException {
        List<HostEntry> entries = new ArrayList<>();
        for (JsonObject image : images()) {
            Optional<Digest> id = id(image);
            if (id.isPresent()) {
                entries.add(new HostEntry(id.get(), names(image)));
            }
        }
        return entries;
    }

    private List<JsonObject> images() throws IOException {
        try (StoreFiles.Locked _ = files.lock(files.resolve(driver + IMAGES, "images.lock"))) {
            return objects(files.json(files.resolve(driver + IMAGES, "images.json")));
        }
    }

    private static List<JsonObject> objects(Optional<JsonValue> array) {
        return array.map(JsonValue::elements).orElse(List.of()).stream()
                .flatMap(value -> value.asObject().stream())
                .toList();
    }

    /// The ID of an image is its config's hash; only schema 1 images have other ones, and those are not read.
    private static Optional<Digest> id(JsonObject image) {
        return image.text("id").filter(StorageLayers::isId).map(id -> Digest.parse("sha256:" + id));
    }

    private static List<Reference> names(JsonObject image) {
        List<Reference> names = new ArrayList<>();
        for (JsonValue name : image.array("names")) {
            try {
                name.text().map(Reference::parse).ifPresent(names::add);
            } catch (DrayException notAName) {
                // an image may be called anything there; it can still be found by its ID
            }
        }
        return names;
    }

    @Override
    public HostImage image(HostEntry entry) throws IOException {
        JsonObject image = images().stream()
                .filter(candidate -> id(candidate).equals(Optional.of(entry.id())))
                .findFirst()
                .orElseThrow(() -> new DrayException(
                        DrayException.Kind.NOT_FOUND,
                        "image %s is gone".formatted(entry.id().shortHex())));
        Manifest.Image manifest = manifest(entry.id());
        RawBytes raw = bigData(entry.id(), manifest.config().digest().toString())
                .orElseThrow(() -> invalid(entry.id(), "has no config"));
        if (!raw.digest(manifest.config().digest().algorithm())
                .equals(manifest.config().digest())) {
            throw new DrayException(
                    DrayException.Kind.CORRUPT,
                    "the config of image %s is damaged".formatted(entry.id().shortHex()));
        }
        ImageConfig config = ImageConfig.parse(raw);
        List<StorageLayers.Row> chain =
                new StorageLayers(files, driver).chain(image.text("layer").orElse(""), config.diffIds());
        if (manifest.layers().size() != chain.size()) {
            throw invalid(
                    entry.id(),
                    "has %d layers, its manifest %d"
                            .formatted(chain.size(), manifest.layers().size()));
        }
        AdoptedManifest adopted = AdoptedManifest.of(manifest, config.diffIds());
        List<SeenAt> seen = names(image).stream()
                .map(name -> new SeenAt(name.host(), name.repository()))
                .distinct()
                .toList();
        List<HostLayer> layers = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            Digest diffId = config.diffIds().get(i);
            layers.add(chain.get(i)
                    .layer(
                            diffId,
                            adopted.blob(i).or(chain.get(i)::blob),
                            adopted.original().isPresent() ? seen : List.of()));
        }
        return new HostImage(
                entry.id(),
                names(image),
                config,
                adopted.original(),
                adopted.unoriginal(),
                manifest.mediaType(),
                layers);
    }

    private Manifest.Image manifest(Digest id) throws IOException {
        RawBytes raw = bigData(id, "manifest").orElseThrow(() -> invalid(id, "has no manifest"));
        MediaType type = Manifest.typeOf(raw);
        if (Manifest.parse(type, raw) instanceof Manifest.Image image) {
            return image;
        }
        throw invalid(id, "has an index in place of its manifest");
    }

    private Optional<RawBytes> bigData(Digest id, String key) throws IOException {
        return files.find(files.resolve(driver + IMAGES, id.hex(), fileOf(key)));
    }

    /// Names of other characters than these are written in base64.
    private static String fileOf(String key) {
        return key.matches("[.0-9a-z]*")
                ? key
                : "=" + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static DrayException invalid(Digest id, String why) {
        return new DrayException(DrayException.Kind.INVALID, "image %s %s".formatted(id.shortHex(), why));
    }
}
