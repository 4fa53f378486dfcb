package dev.dray.acceptance.faults;

import dev.dray.acceptance.stage.BuiltCommand;
import dev.dray.acceptance.stage.DrayServer;
import dev.dray.acceptance.stage.Outcome;
import dev.dray.acceptance.stage.Peer;
import dev.dray.acceptance.stage.Program;
import dev.dray.acceptance.stage.SystemCalls;
import dev.dray.acceptance.stage.TestImages;
import dev.dray.store.Store;
import dev.dray.store.StoreKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A registry with images, and a user's home that is restored before each run of a command, at the same path, so that
/// each run makes the same system calls on the same files.
final class FaultStage implements AutoCloseable {
    private final Path folder;
    private final DrayServer registry;
    private final BuiltCommand maker;
    private final BuiltCommand dray;
    private final MadeImage before;
    private final MadeImage next;
    private final MadeImage last;

    private FaultStage(Path folder, DrayServer registry) throws Exception {
        Path workshop = folder.resolve("maker");
        this.folder = folder;
        this.registry = registry;
        this.before = FaultImages.push(workshop, registry.host() + "/team/before:1", 0, 11);
        this.next = FaultImages.push(workshop, registry.host() + "/team/next:1", 10, 19);
        this.last = FaultImages.push(workshop, registry.host() + "/team/last:1", 30, 35);
        this.maker = BuiltCommand.at(workshop);
        this.dray = BuiltCommand.at(home());
    }

    static FaultStage set(Path folder) throws Exception {
        DrayServer registry = DrayServer.start(Files.createDirectories(folder.resolve("registry")));
        try {
            return new FaultStage(folder, registry);
        } catch (Exception | Error failure) {
            registry.close();
            throw failure;
        }
    }

    /// The image in the store before a fault.
    MadeImage before() {
        return before;
    }

    /// An image that shares a few contents with [#before].
    MadeImage next() {
        return next;
    }

    /// An image that shares nothing.
    MadeImage last() {
        return last;
    }

    BuiltCommand dray() {
        return dray;
    }

    /// The command of a user whose store has all images.
    BuiltCommand maker() {
        return maker;
    }

    Path home() {
        return folder.resolve("home");
    }

    /// The folder for output beside the store.
    Path out() {
        return home().resolve("out");
    }

    Path store() {
        return TestImages.store(home());
    }

    Store openStore() {
        return Store.open(store(), StoreKind.ENGINE);
    }

    /// Removes an image's manifest from the catalog, and nothing else.
    void forget(MadeImage image) {
        try (Store store = openStore()) {
            store.catalog()
                    .change(transaction -> transaction
                            .repository(image.reference().fullName())
                            .manifests()
                            .delete(image.manifest()));
        }
    }

    /// Prepares a home for a scenario, and saves a copy.
    Path prepare(Scenario scenario) throws Exception {
        remove(home());
        Files.createDirectories(home());
        scenario.preparation().run(this);
        Path kept = folder.resolve("kept");
        remove(kept);
        copy(home(), kept);
        return kept;
    }

    /// Restores the home from its copy.
    void putBack(Path kept) {
        remove(home());
        copy(kept, home());
    }

    private static void remove(Path folder) {
        Program.of("rm", "-rf", folder.toString()).run().succeeded();
    }

    private static void copy(Path from, Path to) {
        Program.of("cp", "-a", from.toString(), to.toString()).run().succeeded();
    }

    /// The result of a run under `strace`.
    record Traced(Outcome outcome, List<String> lines) {
        SystemCalls calls() {
            return SystemCalls.parse(lines);
        }

        boolean killed() {
            return outcome.exitCode() == 128 + 9
                    && lines.stream().anyMatch(line -> line.endsWith("+++ killed by SIGKILL +++"));
        }

        /// Whether the fault was injected.
        boolean injected() {
            return lines.stream().anyMatch(line -> line.contains("(INJECTED"));
        }
    }

    /// Runs the command under `strace`, without its kernel filter, which loses injected signals.
    ///
    /// @param options of `strace`
    Traced trace(List<String> options, String... arguments) throws IOException {
        Path log = folder.resolve("strace");
        List<String> words = new ArrayList<>(
                List.of(Peer.STRACE.path().toString(), "-f", "-y", "-s8", "-o" + log, "-e" + FaultPoints.CALLS));
        words.addAll(options);
        Outcome outcome = dray.program().behind(words.toArray(String[]::new)).run(arguments);
        return new Traced(outcome, Files.readAllLines(log, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        registry.close();
    }
}
