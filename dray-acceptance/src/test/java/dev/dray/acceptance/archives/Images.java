package dev.dray.acceptance.archives;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.TestImages;
import dev.dray.model.Digest;
import dev.dray.model.RawBytes;
import dev.dray.model.image.Descriptor;
import dev.dray.model.image.Manifest;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A user with images, and queries about them by the command.
record Images(Path home, BuiltCommand dray) {
    static final int LAYERS = 3;

    /// A user without images.
    static Images of(Path home) {
        return new Images(home, BuiltCommand.at(home));
    }

    /// Adds an image.
    Images with(String name) throws IOException {
        TestImages.build(home, LAYERS, name);
        return this;
    }

    Manifest.Image manifest(String name) {
        RawBytes raw =
                RawBytes.utf8(dray.run("inspect", "--raw", name).succeeded().output());
        return (Manifest.Image) Manifest.parse(Manifest.typeOf(raw), raw);
    }

    String digest(String name) {
        return manifest(name).raw().sha256().toString();
    }

    /// The image's ID in docker's form.
    String id(String name) {
        return manifest(name).config().digest().toString();
    }

    List<Digest> layers(String name) {
        return manifest(name).layers().stream().map(Descriptor::digest).toList();
    }

    /// Loads an archive, and returns the command's report.
    JsonObject load(Path archive) {
        String line = dray.print("load", "--quiet", "--format", "json", "-i", archive.toString());
        return Json.parseObject(RawBytes.utf8(line).toByteArray(), JsonLimits.MESSAGE, "result of load");
    }

    void assertVerified() {
        dray.run("verify", "--quiet").succeeded();
    }
}
