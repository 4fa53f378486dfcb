package dev.dray.acceptance.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The modules of the build, what each may see, and their compiled main code.
final class House {
    /// The modules that each module may see, beside itself and the JDK.
    static final Map<String, Set<String>> VISIBLE = visible();

    /// What each module exports, to which modules. `library` marks what programs of others may use: the client with
    /// the values it speaks in, layers as bytes, and a registry to embed.
    static final Exports EXPORTS = Exports.parse("""
            model                                  layer testkit store client registry engine cli library
            model.image                            layer testkit store client registry engine cli library
            model.io                               layer store client registry engine cli library
            model.json                             layer testkit client registry engine cli library
            layer                                  engine library
            layer.deflate                          engine library
            layer.deflate.klauspost.KlauspostEra   engine
            layer.deflate.zlib.ZlibFamily          engine
            layer.encoders                         store engine library
            layer.gzip                             engine library
            layer.pipeline                         store engine
            layer.prove                            store engine library
            layer.rebuild                          store engine library
            layer.recipe                           store engine cli library
            layer.tar                              store engine cli library
            layer.tar.recipe                       store engine library
            layer.tarsplit                         engine library
            http                                   registry cli
            http.budget                            registry
            http.netty.NettyHttpServer             registry
            store                                  registry engine cli
            store.blob                             registry engine
            store.catalog                          registry engine
            store.check                            cli
            store.collect                          registry engine cli
            store.filesystem.FileOperations        registry
            store.layer                            engine
            store.process.Lease                    engine
            store.upload                           registry
            client                                 engine cli library
            client.credentials                     cli library
            client.memory                          cli
            client.push                            engine cli library
            client.transfer                        engine cli library
            client.transport.RegistryException     library
            registry                               cli library
            registry.access                        cli library
            registry.server                        cli library
            engine                                 cli
            engine.adopt                           cli
            engine.adopt.host                      cli
            engine.adopt.search                    cli
            engine.archive                         cli
            engine.archive.layout                  cli
            engine.copy                            cli
            engine.intake                          cli
            engine.layers                          cli
            engine.policy                          cli
            engine.repository                      cli
            engine.transfer                        cli
            engine.usage                           cli
            engine.verify                          cli
            """);

    /// Most types of a package of main code; the commands and the encoders' families may have a few more.
    static final int TYPES = 24;

    static final Map<String, Integer> LARGE_PACKAGES =
            Map.of("dev.dray.layer.deflate.klauspost", 30, "dev.dray.layer.deflate.zlib", 30);

    /// Most methods of an interface that somebody must implement.
    static final int METHODS = 7;

    /// Interfaces for which that is lifted. A table of the catalog has one method for each of its statements, and
    /// stands once rather than in halves that are never used apart; a transaction has one accessor for each table.
    static final Map<String, Integer> WIDE_INTERFACES = Map.of(
            "dev.dray.store.catalog.BlobTable", 10,
            "dev.dray.store.catalog.Manifests", 10,
            "dev.dray.store.catalog.Transaction", 13,
            "dev.dray.store.catalog.Transaction$Repository", 8);

    static final JavaClasses CLASSES = new ClassFileImporter().importPaths(folders());

    private House() {}

    /// The folders of compiled main code.
    static List<Path> folders() {
        return VISIBLE.keySet().stream()
                .map(module -> Path.of("..", "dray-" + module, "target", "classes"))
                .toList();
    }

    private static Map<String, Set<String>> visible() {
        Map<String, Set<String>> modules = new LinkedHashMap<>();
        modules.put("seeds", Set.of());
        modules.put("model", Set.of());
        modules.put("layer", Set.of("model"));
        modules.put("testkit", Set.of("model", "seeds"));
        modules.put("http", Set.of());
        modules.put("store", Set.of("model", "layer"));
        modules.put("client", Set.of("model"));
        modules.put("registry", Set.of("model", "store", "http"));
        modules.put("engine", Set.of("model", "layer", "store", "client"));
        modules.put("cli", Set.of("model", "layer", "store", "http", "client", "registry", "engine"));
        modules.put(
                "benchmark",
                Set.of("model", "layer", "store", "http", "client", "registry", "engine", "cli", "testkit"));
        return modules;
    }
}
