package dev.dray.benchmark;

import dev.dray.benchmark.stage.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// The tars of ten nightly versions of one root file system: those in the folder named by `dray.bench.nights`, or made
/// by `scripts/make-nightlies`, in that folder or in one of the run.
final class Nights {
    static final int COUNT = 10;

    private Nights() {}

    /// @param repository of Dray
    /// @param work a folder of the run
    static List<Path> tars(Path repository, Path work) throws IOException, InterruptedException {
        String named = System.getProperty("dray.bench.nights", "");
        Path folder = named.isEmpty() ? work.resolve("nights") : Path.of(named);
        List<Path> tars = IntStream.range(0, COUNT)
                .mapToObj(night -> folder.resolve("night-%d.tar".formatted(night)))
                .toList();
        if (!tars.stream().allMatch(Files::exists)) {
            var _ = Commands.answer(repository.resolve("scripts/make-nightlies").toString(), folder.toString());
        }
        return tars;
    }
}
