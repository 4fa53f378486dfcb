package dev.dray.engine.adopt.search;

import dev.dray.engine.adopt.host.HostImage;
import dev.dray.engine.adopt.host.SeenAt;
import dev.dray.engine.adopt.search.Candidate.Maker;
import dev.dray.layer.recipe.EncoderId;
import dev.dray.model.image.ImageConfig;
import dev.dray.model.json.Json;
import dev.dray.model.json.JsonLimits;
import dev.dray.model.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The hints of an image about the encoders of its layers: its history, labels, dates and registries, and the
/// encoders of its layers that were found already. Only the order of the candidates follows from it.
public final class Hints {
    private static final Set<String> PGZIP_REGISTRIES = Set.of(
            "quay.io", "registry.redhat.io", "registry.access.redhat.com", "registry.fedoraproject.org", "cgr.dev");

    /// The first month in which tools built with Go 1.27 can have been at work.
    private static final String NEW_GO = "2026-08";

    /// The month of klauspost 1.15.10, and that of 1.18.2.
    private static final String PGZIP_MIDDLE = "2022-09";

    private static final String PGZIP_NEW = "2025-11";

    private final List<EncoderId> neighbours = new ArrayList<>();
    private final Optional<ImageConfig.History> step;
    private final JsonObject document;
    private final List<SeenAt> seen;

    private Hints(Optional<ImageConfig.History> step, JsonObject document, List<SeenAt> seen) {
        this.step = step;
        this.document = document;
        this.seen = seen;
    }

    /// @param index of the layer
    /// @param neighbours encoders of other layers of the image, nearest first
    public static Hints of(HostImage image, int index, List<EncoderId> neighbours) {
        List<ImageConfig.History> steps = image.config().history().stream()
                .filter(history -> !history.emptyLayer())
                .toList();
        Hints hints = new Hints(
                index < steps.size() ? Optional.of(steps.get(index)) : Optional.empty(),
                Json.parseObject(image.config().raw().toByteArray(), JsonLimits.DOCUMENT, "image config"),
                image.layers().get(index).seen());
        hints.neighbours.addAll(neighbours);
        return hints;
    }

    /// The candidates, likeliest first.
    List<Candidate> order(List<Candidate> candidates) {
        Set<Maker> likely = likely();
        return candidates.stream()
                .sorted(Comparator.comparingInt((Candidate candidate) -> rank(candidate, likely)))
                .toList();
    }

    /// Whether one candidate stands out so much that the others need not be tried beside it.
    boolean isTelling() {
        return !neighbours.isEmpty();
    }

    private int rank(Candidate candidate, Set<Maker> likely) {
        int neighbour = neighbours.indexOf(candidate.encoder());
        if (neighbour >= 0) {
            return neighbour;
        }
        boolean family = neighbours.stream()
                .anyMatch(id -> id.family().equals(candidate.encoder().family()));
        int rank = family ? 1_000 : likely.contains(candidate.maker()) ? 2_000 : 3_000;
        return rank + (candidate.slow() && !likely.contains(candidate.maker()) ? 500 : 0) + age(candidate);
    }

    /// Eras of pgzip by the date of the layer.
    private int age(Candidate candidate) {
        if (candidate.maker() != Maker.PGZIP) {
            return 0;
        }
        String made = created();
        String era = candidate.encoder().era();
        boolean fits = made.isEmpty()
                || (made.compareTo(PGZIP_MIDDLE) < 0
                        ? era.compareTo("1.15.10") < 0 && !era.startsWith("1.18")
                        : made.compareTo(PGZIP_NEW) < 0 ? era.equals("1.15.10") : era.startsWith("1.18"));
        return fits ? 0 : 10;
    }

    private String created() {
        return step.flatMap(ImageConfig.History::created)
                .or(() -> document.text("created"))
                .orElse("");
    }

    private Set<Maker> likely() {
        Set<Maker> likely = EnumSet.noneOf(Maker.class);
        String told = step.map(history ->
                        history.createdBy().orElse("") + " " + history.comment().orElse(""))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        if (told.contains("debuerreotype") || told.contains("debootstrap")) {
            likely.add(Maker.PIGZ);
        }
        if (told.contains("jib")) {
            likely.add(Maker.ZLIB);
        }
        if (told.contains("kaniko") || told.contains("ko build") || told.contains("bazel") || told.contains("crane")) {
            likely.add(Maker.GO_FASTEST);
        }
        if (told.contains("apko")) {
            likely.add(Maker.PGZIP);
        }
        if (told.contains("buildkit")) {
            likely.add(created().compareTo(NEW_GO) >= 0 ? Maker.NEW_GO_DEFAULT : Maker.GO_DEFAULT);
            likely.add(Maker.GO_DEFAULT);
        }
        if (likely.isEmpty() && (label("io.buildah.version") || seen.stream().anyMatch(Hints::isPgzip))) {
            likely.add(Maker.PGZIP);
        }
        return likely;
    }

    private static boolean isPgzip(SeenAt seen) {
        return PGZIP_REGISTRIES.contains(seen.host());
    }

    private boolean label(String name) {
        return document.object("config")
                .flatMap(config -> config.object("Labels"))
                .flatMap(labels -> labels.get(name))
                .isPresent();
    }
}
