package dev.dray.cli;

/// Where the `dray` command starts.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("dray");
    }
}
