package dev.dray.engine.adopt.host;

import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The manifests that Docker pulled, in the content stores of containerd, found by the config that they name.
///
/// Contents that are no manifests are passed over; each content is read once. Thread safe.
final class DockerManifests {
    private final List<Path> folders;
    private final Map<Path, Optional<Manifest>> read = new ConcurrentHashMap<>();

    /// @param folders of contents, each named by its hash
    DockerManifests(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /// The manifest of an image. Of several with this config it is the one that a name of the image has as its
    /// digest, directly or through an index.
    ///
    /// @param layers how many it must have
    /// @param names of the image, those by digest among them
    Optional<Manifest.Image> find(Digest config, int layers, List<Reference> names) throws IOException {
        Set<Digest> wanted = new HashSet<>();
        names.forEach(name -> name.digest().ifPresent(wanted::add));
        List<Manifest.Image> fitting = new ArrayList<>();
        for (Manifest manifest : all()) {
            switch (manifest) {
                case Manifest.Index index -> {
                    if (wanted.contains(index.raw().sha256())) {
                        index.manifests().stream().map(Descriptor::digest).forEach(wanted::add);
                    }
                }
                case Manifest.Image image -> {
                    if (image.config().digest().equals(config) && image.layers().size() == layers) {
                        fitting.add(image);
                    }
                }
            }
        }
        return fitting.stream()
                .filter(image -> wanted.contains(image.raw().sha256()))
                .findFirst()
                .or(() -> fitting.stream().findFirst());
    }

    private List<Manifest> all() throws IOException {
        List<Manifest> all = new ArrayList<>();
        for (Path folder : folders) {
            try (DirectoryStream<Path> contents = Files.newDirectoryStream(folder)) {
                for (Path content : contents) {
                    manifest(content).ifPresent(all::add);
                }
            } catch (NoSuchFileException | AccessDeniedException absent) {
                // this Docker has its contents elsewhere
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        return all;
    }

    private Optional<Manifest> manifest(Path content) throws IOException {
        Optional<Manifest> known = read.get(content);
        if (known == null) {
            known = read(content);
            read.put(content, known);
        }
        return known;
    }

    private static Optional<Manifest> read(Path content) throws IOException {
        String hex = content.getFileName().toString();
        if (!StorageLayers.isId(hex)) {
            return Optional.empty();
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(content)) {
            byte[] first = in.readNBytes(1);
            if (first.length == 0 || first[0] != '{') {
                return Optional.empty();
            }
            bytes = Files.size(content) > Manifest.LARGEST ? first : Files.readAllBytes(content);
        } catch (NoSuchFileException | AccessDeniedException removed) {
            return Optional.empty();
        }
        RawBytes raw = RawBytes.copyOf(bytes);
        if (!raw.sha256().hex().equals(hex)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Manifest.parse(Manifest.typeOf(raw), raw));
        } catch (DrayException noManifest) {
            return Optional.empty();
        }
    }
}
