package dev.dray.benchmark;

import dev.dray.benchmark.stage.Compressor;
import dev.dray.benchmark.stage.Timed;
import dev.dray.client.ClientOptions;
import dev.dray.client.RegistryClient;
import dev.dray.client.RemoteRepository;
import dev.dray.model.Content;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.RepositoryName;
import dev.dray.model.Tag;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.image.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An image of real files whose layers were compressed by a real program, as files on disk.
///
/// @param layers compressed, lowest first
/// @param diffIds of their tars, in the same order
record BenchImage(List<Layer> layers, List<Digest> diffIds) {

    /// A compressed layer in a file.
    record Layer(Path path, Digest digest, long size) implements Content {
        static Layer of(Path path) throws IOException {
            return new Layer(path, hash(path), Files.size(path));
        }

        @Override
        public InputStream open(long offset) throws IOException {
            return Channels.newInputStream(FileChannel.open(path).position(offset));
        }

        @Override
        public Optional<Path> file() {
            return Optional.of(path);
        }
    }

    /// Compresses tars, each into a file beside it.
    static BenchImage make(List<Path> tars, Compressor compressor, Path work) throws IOException, InterruptedException {
        List<Layer> layers = new ArrayList<>();
        List<Digest> diffIds = new ArrayList<>();
        for (Path tar : tars) {
            Path blob = Path.of(tar + ".gz");
            var _ = Timed.process(compressor.command(), tar, blob, work.resolve("times"));
            layers.add(Layer.of(blob));
            diffIds.add(hash(tar));
        }
        return new BenchImage(List.copyOf(layers), List.copyOf(diffIds));
    }

    /// An image of some of the layers, by their numbers.
    BenchImage of(List<Integer> chosen) {
        return new BenchImage(
                chosen.stream().map(layers::get).toList(),
                chosen.stream().map(diffIds::get).toList());
    }

    /// Bytes of all compressed layers.
    long size() {
        return layers.stream().mapToLong(Layer::size).sum();
    }

    /// Pushes the image to a registry of this host.
    void push(int port, RepositoryName name, Tag tag) throws IOException {
        RawBytes config = RawBytes.copyOf("""
            {"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[%s]}}\
            """.formatted(
                        diffIds.stream().map(digest -> "\"" + digest + "\"").collect(Collectors.joining(",")))
                .getBytes(StandardCharsets.UTF_8));
        try (RegistryClient client = RegistryClient.open(ClientOptions.defaults())) {
            RemoteRepository repository = client.repository("127.0.0.1:" + port, name);
            repository.putBlob(
                    Descriptor.of(MediaType.OCI_CONFIG, config.sha256(), config.size()),
                    Content.of(config, config.sha256()));
            for (Layer layer : layers) {
                repository.putBlob(descriptor(layer), layer);
            }
            repository.putManifest(manifest(config), Optional.of(tag));
        }
    }

    private static Descriptor descriptor(Layer layer) {
        return Descriptor.of(MediaType.OCI_LAYER_GZIP, layer.digest(), layer.size());
    }

    private Manifest manifest(RawBytes config) {
        return Manifest.Image.of(
                MediaType.OCI_MANIFEST,
                Descriptor.of(MediaType.OCI_CONFIG, config),
                layers.stream()
                        .map(layer -> Descriptor.of(MediaType.OCI_LAYER_GZIP, layer.digest(), layer.size()))
                        .toList());
    }

    private static Digest hash(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            return Digest.parse(RegistryBenchmark.digest(channel, channel.size()));
        }
    }
}
