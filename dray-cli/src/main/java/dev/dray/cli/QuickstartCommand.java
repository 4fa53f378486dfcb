package dev.dray.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "x")
final class QuickstartCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    QuickstartCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.terminal().say("");
        return 1;
    }
}
