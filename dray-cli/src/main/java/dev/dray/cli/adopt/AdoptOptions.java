package dev.dray.cli.adopt;

import dev.dray.cli.command.CommandContext;
import dev.dray.cli.output.Format;
import dev.dray.cli.output.Terminal;
import dev.dray.engine.adopt.host.HostEngine;
import dev.dray.engine.adopt.host.HostEntry;
import dev.dray.engine.adopt.host.HostImageName;
import dev.dray.engine.adopt.host.HostStore;
import dev.dray.engine.adopt.host.HostStores;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options of commands that read the stores of other engines.
final class AdoptOptions {
    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "a store of Docker or podman in another folder; default: those of this host, for"
                    + " example /var/lib/docker and /var/lib/containers/storage")
    private @Nullable Path root;

    @Option(names = "--format", paramLabel = "FORMAT", description = "table or json")
    private Format format = Format.table;

    boolean json() {
        return format == Format.json;
    }

    /// An image and its store.
    record Found(HostStore store, HostEntry entry) {
        /// Its full name for users: `docker-daemon:debian:12`.
        String name() {
            return store.engine().prefix()
                    + entry.names().stream()
                            .findFirst()
                            .map(name -> name.familiar())
                            .orElse(entry.id().shortHex());
        }
    }

    /// The images with these names, or all images when `names` is empty.
    ///
    /// @throws DrayException of kind NOT_FOUND when an image is absent, or there is no store at all
    List<Found> images(CommandContext context, List<String> names) throws IOException {
        HostStores stores = new HostStores(context.environment());
        if (names.isEmpty()) {
            return all(context.terminal(), stores);
        }
        List<Found> found = new ArrayList<>();
        for (String text : names) {
            HostImageName name = HostImageName.parse(text);
            HostStore store = name.store(Optional.ofNullable(root), stores);
            found.add(new Found(store, store.entry(name.image())));
        }
        return found;
    }

    private List<Found> all(Terminal terminal, HostStores stores) throws IOException {
        List<Found> found = new ArrayList<>();
        for (HostStore store : root == null ? onThisHost(terminal, stores) : List.of(HostStores.open(root))) {
            for (HostEntry entry : store.entries()) {
                found.add(new Found(store, entry));
            }
        }
        return found;
    }

    private static List<HostStore> onThisHost(Terminal terminal, HostStores stores) throws IOException {
        List<HostStore> found = new ArrayList<>();
        for (HostEngine engine : HostEngine.values()) {
            for (Path folder : stores.folders(engine)) {
                try {
                    found.add(HostStores.open(engine, folder));
                } catch (DrayException failure) {
                    terminal.complain("skipped " + folder, failure);
                }
            }
        }
        if (found.isEmpty()) {
            throw new DrayException(DrayException.Kind.NOT_FOUND, "no images of Docker or podman on this host")
                    .advising("name the folder of a store with --root");
        }
        return found;
    }
}
