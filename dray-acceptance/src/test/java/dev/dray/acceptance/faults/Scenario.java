package dev.dray.acceptance.faults;

import java.util.List;

/// A command whose work is interrupted.
///
/// @param arguments of `dray`
/// @param preparation what the home has before it
/// @param has images that the store has before, and after any fault
/// @param brings images that the store has too once the command has succeeded
/// @param beside whether it writes into the folder `out` of the home, and not the store, what is to be looked at
record Scenario(
        String name,
        List<String> arguments,
        Preparation preparation,
        List<MadeImage> has,
        List<MadeImage> brings,
        boolean beside) {
    Scenario {
        arguments = List.copyOf(arguments);
        has = List.copyOf(has);
        brings = List.copyOf(brings);
    }

    /// Brings a home to where a command begins.
    @FunctionalInterface
    interface Preparation {
        void run(FaultStage stage) throws Exception;
    }

    static Scenario of(String name, Preparation preparation, String... arguments) {
        return new Scenario(name, List.of(arguments), preparation, List.of(), List.of(), false);
    }

    Scenario keeps(MadeImage... images) {
        return new Scenario(name, arguments, preparation, List.of(images), brings, beside);
    }

    Scenario brings(MadeImage... images) {
        return new Scenario(name, arguments, preparation, has, List.of(images), beside);
    }

    Scenario writesBeside() {
        return new Scenario(name, arguments, preparation, has, brings, true);
    }

    String[] words() {
        return arguments.toArray(String[]::new);
    }

    @Override
    public String toString() {
        return name;
    }
}
