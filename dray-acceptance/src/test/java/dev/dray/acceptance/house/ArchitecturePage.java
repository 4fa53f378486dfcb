package dev.dray.acceptance.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `ARCHITECTURE.md` says in a form that can be checked: walks, and pictures of packages.
record ArchitecturePage(List<Walk> walks, List<Picture> pictures) {
    private static final Pattern STEP = Pattern.compile("(\\d+)\\. `([A-Za-z.]+)`: \\S.*");
    private static final Pattern PACKAGE = Pattern.compile("([a-z][a-z.]*) +\\S.*");
    private static final String OTHER_SIDE = "On the other side";

    /// A job, as lists of types.
    record Walk(String name, List<Leg> legs) {}

    /// Types in the order in which a job passes them, named below `dev.dray`.
    ///
    /// @param otherSide true when it begins where a request arrives
    record Leg(boolean otherSide, List<String> types) {}

    /// Packages of one module, those above before those that they use, named below `dev.dray`.
    record Picture(List<String> packages) {}

    static ArchitecturePage read() throws IOException {
        return parse(Files.readAllLines(Path.of("..", "ARCHITECTURE.md")));
    }

    static ArchitecturePage parse(List<String> lines) {
        List<Walk> walks = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        String chapter = "";
        boolean otherSide = false;
        for (String line : lines) {
            Matcher step = STEP.matcher(line);
            Matcher aPackage = PACKAGE.matcher(line);
            if (line.startsWith("## ")) {
                chapter = line.substring(3);
            } else if (chapter.equals("Walks") && line.startsWith("### ")) {
                walks.add(new Walk(line.substring(4), new ArrayList<>()));
                otherSide = false;
            } else if (chapter.equals("Walks") && step.matches()) {
                List<Leg> legs = walks.getLast().legs();
                if (step.group(1).equals("1")) {
                    legs.add(new Leg(otherSide, new ArrayList<>()));
                }
                legs.getLast().types().add(step.group(2));
            } else if (chapter.equals("Walks") && line.matches("\\d+\\..*")) {
                throw new IllegalArgumentException("not a step of a walk: " + line);
            } else if (chapter.equals("Packages") && line.equals("```")) {
                pictures.add(new Picture(new ArrayList<>()));
            } else if (chapter.equals("Packages") && !pictures.isEmpty() && aPackage.matches()) {
                pictures.getLast().packages().add(aPackage.group(1));
            } else if (!line.isBlank()) {
                otherSide = line.startsWith(OTHER_SIDE);
            }
        }
        pictures.removeIf(picture -> picture.packages().isEmpty());
        return new ArchitecturePage(walks, pictures);
    }
}
