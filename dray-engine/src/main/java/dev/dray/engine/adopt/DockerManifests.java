package dev.dray.engine.adopt;

import dev.dray.model.Descriptor;
import dev.dray.model.Digest;
import dev.dray.model.DrayException;
import dev.dray.model.Manifest;
import dev.dray.model.RawBytes;
import dev.dray.model.Reference;
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
import java.util.Optional;
import java.util.Set;

/// The manifests that Docker pulled, in the content stores of containerd, found by the config that they name. Contents
/// that are no manifests are passed over.
///
/// @param folders of contents, each named by its hash
record DockerManifests(StoreFiles files, List<Path> folders) {
    /// The manifest of an image.
    ///
    /// Of several with this config, the one that a name of the image has as its digest, directly or through an index.
    ///
    /// @param layers how many it must have
    /// @param names of the image, those by digest among them
    Optional<Manifest.Image> of(Digest config, int layers, List<Reference> names) throws IOException {
        List<Manifest> all = new ArrayList<>();
        for (Path folder : folders) {
            all.addAll(in(folder));
        }
        Set<Digest> wanted = new HashSet<>();
        names.forEach(name -> name.digest().ifPresent(wanted::add));
        for (Manifest manifest : all) {
            if (manifest instanceof Manifest.Index index && wanted.contains(index.raw().sha256())) {
                index.manifests().stream().map(Descriptor::digest).forEach(wanted::add);
            }
        }
        List<Manifest.Image> fitting = all.stream()
                .flatMap(manifest ->
                        manifest instanceof Manifest.Image image ? java.util.stream.Stream.of(image) : null)
                .filter(image -> image.config().digest().equals(config)
                        && image.layers().size() == layers)
                .toList();
        return fitting.stream()
                .filter(image -> wanted.contains(image.raw().sha256()))
                .findFirst()
                .or(() -> fitting.stream().findFirst());
    }

    private List<Manifest> in(Path folder) throws IOException {
        List<Manifest> manifests = new ArrayList<>();
        try (DirectoryStream<Path> contents = Files.newDirectoryStream(folder)) {
            for (Path content : contents) {
                read(content).ifPresent(manifests::add);
            }
        } catch (NoSuchFileException | AccessDeniedException absent) {
            return manifests;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return manifests;
    }

    private static Optional<Manifest> read(Path content) throws IOException {
        String hex = content.getFileName().toString();
        if (!StorageLayers.isId(hex)) {
            return Optional.empty();
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(content)) {
            byte[] first = in.readNBytes(1);
            if (first.length == 0 || first[0] != '{' || Files.size(content) > Manifest.LARGEST) {
                return Optional.empty();
            }
            bytes = Files.readAllBytes(content);
        } catch (NoSuchFileException removed) {
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
