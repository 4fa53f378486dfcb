package dev.dray.benchmark.stage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Measured values by measure and contender, and the table of their medians. Not thread safe.
public final class Figures {
    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

    public void add(String what, String who, double value) {
        values.computeIfAbsent(what, _ -> new LinkedHashMap<>())
                .computeIfAbsent(who, _ -> new ArrayList<>())
                .add(value);
    }

    double median(String what, String who) {
        List<Double> measured = values.getOrDefault(what, Map.of()).getOrDefault(who, List.of());
        if (measured.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = measured.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// A table in Markdown: a row for each measure, a column for each contender, then the first one's ratio to each
    /// of the others.
    public String table(List<String> who) {
        StringBuilder table = new StringBuilder("| measure |");
        who.forEach(name -> table.append(' ').append(name).append(" |"));
        who.stream()
                .skip(1)
                .forEach(name -> table.append(" ratio to ").append(name).append(" |"));
        table.append("\n|---|").repeat("---|", 2 * who.size() - 1).append('\n');
        for (String what : values.keySet()) {
            table.append("| ").append(what).append(" |");
            who.forEach(name -> table.append(cell(median(what, name))));
            double own = median(what, who.getFirst());
            who.stream().skip(1).forEach(name -> table.append(cell(own / median(what, name))));
            table.append('\n');
        }
        return table.toString();
    }

    /// A table in Markdown without ratios, for columns that measure different things.
    public String values(List<String> who) {
        StringBuilder table = new StringBuilder("| measure |");
        who.forEach(name -> table.append(' ').append(name).append(" |"));
        table.append("\n|---|").repeat("---|", who.size()).append('\n');
        for (String what : values.keySet()) {
            table.append("| ").append(what).append(" |");
            who.forEach(name -> table.append(cell(median(what, name))));
            table.append('\n');
        }
        return table.toString();
    }

    private static String cell(double value) {
        if (Double.isNaN(value)) {
            return " – |";
        }
        return (value >= 100 ? " %.0f |" : value < 0.1 ? " %.4f |" : " %.2f |").formatted(value);
    }
}
