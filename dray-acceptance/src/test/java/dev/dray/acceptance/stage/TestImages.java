package dev.dray.acceptance.stage;

import dev.dray.client.ClientOptions;
import dev.dray.engine.Engine;
import dev.dray.engine.intake.ImageSettings;
import dev.dray.engine.intake.LayerInput;
import dev.dray.layer.tar.TarWriter;
import dev.dray.model.Reference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Images that tests add to the store of a user, as if built there.
public final class TestImages {
    private static final int LAYER_BYTES = 300_000;

    private TestImages() {}

    /// The store of a user of [BuiltCommand#at].
    public static Path store(Path home) {
        return home.resolve("data/dray/engine");
    }

    /// Makes an image of `layers` layers in the store of the user whose home is `home`.
    public static void build(Path home, int layers, String name) throws IOException {
        try (Engine engine = Engine.open(store(home), ClientOptions.builder())) {
            engine.build(layers(layers), settings("CMD [\"/bin/sh\"]"), Reference.parse(name));
        }
    }

    /// Makes images over the same `layers` layers, each with its own config.
    public static void buildMany(Path home, int layers, List<String> names) throws IOException {
        List<LayerInput> shared = layers(layers);
        try (Engine engine = Engine.open(store(home), ClientOptions.builder())) {
            for (String name : names) {
                engine.build(shared, settings("LABEL name=\"" + name + "\""), Reference.parse(name));
            }
        }
    }

    /// Gives each image of the store another name: to `names[i]` the name `others[i]`.
    public static void tagMany(Path home, List<String> names, List<String> others) throws IOException {
        try (Engine engine = Engine.open(store(home), ClientOptions.builder())) {
            for (int i = 0; i < names.size(); i++) {
                engine.tag(names.get(i), Reference.parse(others.get(i)));
            }
        }
    }

    private static ImageSettings settings(String change) {
        return ImageSettings.of(List.of(change));
    }

    private static List<LayerInput> layers(int count) throws IOException {
        List<LayerInput> layers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] tar = tar(i);
            layers.add(() -> new ByteArrayInputStream(tar));
        }
        return layers;
    }

    /// A tar of one folder with one incompressible file; the same number gives the same bytes.
    public static byte[] tar(int number) throws IOException {
        byte[] content = new byte[LAYER_BYTES];
        new Random(number).nextBytes(content);
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        try (TarWriter writer = new TarWriter(tar, Instant.EPOCH)) {
            writer.directory("layer-" + number);
            writer.file("layer-" + number + "/content", 0644, content.length, new ByteArrayInputStream(content));
        }
        return tar.toByteArray();
    }
}
