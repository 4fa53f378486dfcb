package dev.dray.cli;

/// The run from which the build makes the start-up cache: what common commands load, this loads.
public final class Training {
    private Training() {}

    public static void main(String[] arguments) {
        Main.main(new String[] {"--help"});
    }
}
