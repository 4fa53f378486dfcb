package dev.dray.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "x")
final class ServeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.terminal().say("");
        return 1;
    }
}
