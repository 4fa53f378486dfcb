package dev.dray.acceptance.faults;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.TestImages;
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

/// Small images of two layers with numbered files: the same number is the same content in each image.
final class FaultImages {
    private static final int FILE_BYTES = 30_000;
    /// The first number of the second layer's files.
    private static final int SECOND = 1000;

    private FaultImages() {}

    /// Makes an image over files of the numbers in a range, pushes it, and describes it.
    static MadeImage push(Path maker, String name, int from, int to) throws Exception {
        List<LayerInput> layers = new ArrayList<>();
        for (byte[] tar : List.of(tar(from, to), tar(SECOND + from, SECOND + from + 2))) {
            layers.add(() -> new ByteArrayInputStream(tar));
        }
        try (Engine engine = Engine.open(TestImages.store(maker), ClientOptions.builder())) {
            engine.build(layers, ImageSettings.of(List.of("LABEL name=\"" + name + "\"")), Reference.parse(name));
        }
        BuiltCommand.at(maker).run("push", "--quiet", name).succeeded();
        return MadeImage.fetch(name);
    }

    private static byte[] tar(int from, int to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarWriter tar = new TarWriter(bytes, Instant.EPOCH)) {
            tar.directory("files");
            for (int number = from; number <= to; number++) {
                byte[] content = content(number);
                tar.file("files/" + number, 0644, content.length, new ByteArrayInputStream(content));
                tar.file("files/" + number + ".small", 0644, 600, new ByteArrayInputStream(content, 0, 600));
            }
        }
        return bytes.toByteArray();
    }

    /// Bytes that compress to about half.
    private static byte[] content(int number) {
        byte[] bytes = new byte[FILE_BYTES];
        Random random = new Random(number);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('a' + (random.nextInt() & 15));
        }
        return bytes;
    }
}
