package dev.dray.acceptance.faults;

import java.util.List;

/// A command to interrupt.
///
/// @param arguments of `dray`
/// @param preparation of the home before it
/// @param has images in the store before, and after any fault
/// @param brings further images in the store once the command has succeeded
/// @param beside whether its result is in the folder `out` of the home rather than the store
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

    /// Prepares a home for a command.
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
