package dev.dray.acceptance.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.acceptance.house.ArchitecturePage.Leg;
import dev.dray.acceptance.house.ArchitecturePage.Picture;
import dev.dray.acceptance.house.ArchitecturePage.Walk;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `ARCHITECTURE.md` is true: the types of its walks exist, each uses the next, and its pictures show all packages in
/// their order.
class ArchitectureWalksTest {
    static Stream<Walk> walks() throws IOException {
        return ArchitecturePage.read().walks().stream();
    }

    @Test
    void theFiveWalksAreThere() throws IOException {
        assertThat(walks()).extracting(Walk::name).containsExactly("Push", "Pull", "Copy", "Rebuild", "Collection");
        assertThat(walks())
                .allSatisfy(walk -> assertThat(walk.legs())
                        .isNotEmpty()
                        .allSatisfy(leg -> assertThat(leg.types()).hasSizeGreaterThan(2)));
    }

    @ParameterizedTest
    @MethodSource("walks")
    void eachTypeOfAWalkUsesTheNext(Walk walk) {
        assertThat(Walks.broken(House.CLASSES, walk)).isEmpty();
    }

    @Test
    void thePicturesShowEveryPackageAboveThoseItUses() throws IOException {
        assertThat(Walks.misdrawn(House.CLASSES, ArchitecturePage.read().pictures()))
                .isEmpty();
    }

    @Test
    void aWalkThroughATypeThatDoesNotExistIsNamed() {
        assertThat(Walks.broken(House.CLASSES, walk(List.of("engine.Engine", "engine.copy.ImagePushing"))))
                .contains("engine.copy.ImagePushing does not exist");
    }

    @Test
    void aWalkAgainstTheArrowsIsNamed() {
        assertThat(Walks.broken(House.CLASSES, walk(List.of("engine.copy.ImagePush", "engine.Engine"))))
                .containsExactly("engine.copy.ImagePush does not use engine.Engine");
    }

    @Test
    void aListFromNowhereIsNamed() {
        Walk walk = walk(List.of("engine.Engine", "engine.copy.ImagePush"), List.of("store.Blobs", "store.blob.Blob"));
        assertThat(Walks.broken(House.CLASSES, walk))
                .containsExactly("store.Blobs begins a list, and the walk has not passed it");
    }

    @Test
    void aPictureUpsideDownAndAPackageInNoneAreNamed() {
        assertThat(Walks.misdrawn(
                        House.CLASSES, List.of(new Picture(List.of("store.catalog", "store.pack", "store.gone")))))
                .contains(
                        "store.pack uses store.catalog, which stands above it",
                        "store.gone does not exist",
                        "store.blob is in no picture");
    }

    @Test
    void stepsAreReadByListsAndSides() {
        ArchitecturePage page = ArchitecturePage.parse(List.of(
                "## Walks",
                "### Push",
                "",
                "1. `a.B`: one",
                "2. `a.C`: two",
                "",
                "On the other side:",
                "",
                "1. `d.E`: three"));
        assertThat(page.walks())
                .containsExactly(new Walk(
                        "Push", List.of(new Leg(false, List.of("a.B", "a.C")), new Leg(true, List.of("d.E")))));
    }

    @SafeVarargs
    private static Walk walk(List<String>... legs) {
        return new Walk(
                "Test", Stream.of(legs).map(types -> new Leg(false, types)).toList());
    }
}
