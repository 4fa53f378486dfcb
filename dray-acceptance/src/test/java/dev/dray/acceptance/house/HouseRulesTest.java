package dev.dray.acceptance.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The walls of the house, as ARCHITECTURE.md draws them.
class HouseRulesTest {
    /// What each room may see, beside itself and the JDK.
    private static final Map<String, Set<String>> MAY_SEE = rooms();

    /// Interfaces of more than seven methods: a table of the catalog has one for each of its statements, and stands
    /// once
    /// rather than in halves that are never used apart; the transaction has one accessor for each table.
    private static final Map<String, Integer> WIDE = Map.of(
            "dev.dray.store.catalog.BlobTable", 10,
            "dev.dray.store.catalog.Manifests", 10,
            "dev.dray.store.catalog.Transaction", 13,
            "dev.dray.store.catalog.Transaction$Repository", 8);

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .importPaths(MAY_SEE.keySet().stream().map(HouseRulesTest::classes).toList());

    private static Map<String, Set<String>> rooms() {
        Map<String, Set<String>> rooms = new LinkedHashMap<>();
        rooms.put("seeds", Set.of());
        rooms.put("model", Set.of());
        rooms.put("layer", Set.of("model"));
        rooms.put("testkit", Set.of("model", "seeds"));
        rooms.put("http", Set.of());
        rooms.put("store", Set.of("model", "layer"));
        rooms.put("client", Set.of("model"));
        rooms.put("registry", Set.of("model", "store", "http"));
        rooms.put("engine", Set.of("model", "layer", "store", "client"));
        rooms.put("cli", Set.of("model", "layer", "store", "http", "client", "registry", "engine"));
        rooms.put(
                "benchmark",
                Set.of("model", "layer", "store", "http", "client", "registry", "engine", "cli", "testkit"));
        return rooms;
    }

    private static Path classes(String room) {
        return Path.of("..", "dray-" + room, "target", "classes");
    }

    @Test
    void everyRoomHasClasses() {
        assertThat(MAY_SEE.keySet())
                .allSatisfy(room -> assertThat(HOUSE.stream()
                                .filter(resideInAPackage("dev.dray." + room + ".."))
                                .count())
                        .isPositive());
    }

    @TestFactory
    Stream<DynamicTest> roomsSeeOnlyWhatIsBelowThem() {
        return MAY_SEE.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(room.getKey(), () -> {
                    String[] forbidden = MAY_SEE.keySet().stream()
                            .filter(other -> !other.equals(room.getKey())
                                    && !room.getValue().contains(other))
                            .map(other -> "dev.dray." + other + "..")
                            .toArray(String[]::new);
                    noClasses()
                            .that()
                            .resideInAPackage("dev.dray." + room.getKey() + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden)
                            .allowEmptyShould(true)
                            .check(HOUSE);
                }));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.dray.(**)").should().beFreeOfCycles().check(HOUSE);
    }

    @Test
    void onlyHttpSeesNetty() {
        onlyIn("io.netty..", "dev.dray.http..");
    }

    @Test
    void onlyTheStoresDatabasePackagesSeeJdbc() {
        onlyIn("java.sql..", "dev.dray.store.jdbc..", "dev.dray.store.sqlite..");
        onlyIn("org.sqlite..", "dev.dray.store.sqlite..");
    }

    @Test
    void onlyPacksSeeZstd() {
        onlyIn("com.github.luben..", "dev.dray.store.pack..");
    }

    @Test
    void onlyTheClientSeesTheHttpClient() {
        onlyIn("org.apache.hc..", "dev.dray.client..");
    }

    @Test
    void onlyTheModelSeesTheJsonParser() {
        onlyIn("tools.jackson..", "dev.dray.model..");
    }

    @Test
    void onlyTheCommandSeesItsCommandLineLibrary() {
        onlyIn("picocli..", "dev.dray.cli..");
    }

    @Test
    void publicSignaturesNameOnlyOurTypesAndTheJdks() {
        noClasses()
                .that(resideOutsideOfPackages("dev.dray.cli..", "dev.dray.benchmark.."))
                .and(are(publicToOthers()))
                .should(exposeThirdPartyTypes())
                .check(HOUSE);
    }

    @Test
    void nothingIsNamedForWhatItIsNot() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Common|Const|Constants)(\\$.*)?")
                .orShould()
                .resideInAnyPackage("..util..", "..utils..", "..helper..", "..common..", "..manager..", "..impl..")
                .check(HOUSE);
    }

    @Test
    void interfacesHaveAtMostSevenMethodsToImplement() {
        List<String> tooWide = HOUSE.stream()
                .filter(type -> type.isInterface() && !type.isAnnotation())
                .filter(type -> type.getMethods().stream()
                                .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                                .count()
                        > WIDE.getOrDefault(type.getName(), 7))
                .map(JavaClass::getName)
                .toList();
        assertThat(tooWide).isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = HOUSE.stream()
                .map(type -> type.getPackage())
                .distinct()
                .filter(aPackage -> !aPackage.getName().startsWith("dev.dray.benchmark"))
                .filter(aPackage -> aPackage.tryGetPackageInfo().isEmpty()
                        || !aPackage.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(aPackage -> aPackage.getName())
                .toList();
        assertThat(unmarked).isEmpty();
    }

    @Test
    void theRoomsOnDiskAreThoseWithRules() throws Exception {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            assertThat(folders.map(folder -> folder.getFileName().toString())
                            .filter(name -> name.startsWith("dray-"))
                            .map(name -> name.substring("dray-".length()))
                            .filter(name -> !name.equals("acceptance")))
                    .containsExactlyInAnyOrderElementsOf(MAY_SEE.keySet());
        }
    }

    private static void onlyIn(String library, String... rooms) {
        noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(HOUSE);
    }

    private static com.tngtech.archunit.base.DescribedPredicate<JavaClass> publicToOthers() {
        return com.tngtech.archunit.base.DescribedPredicate.describe(
                "public", type -> type.getModifiers().contains(JavaModifier.PUBLIC));
    }

    private static ArchCondition<JavaClass> exposeThirdPartyTypes() {
        return new ArchCondition<>("expose third-party types in public signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getCodeUnits().stream()
                        .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)
                                || unit.getModifiers().contains(JavaModifier.PROTECTED))
                        .forEach(unit -> exposed(unit)
                                .forEach(name -> events.add(SimpleConditionEvent.satisfied(
                                        unit, unit.getFullName() + " exposes " + name))));
            }
        };
    }

    private static Stream<String> exposed(JavaCodeUnit unit) {
        Stream<JavaType> types = Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .filter(type -> !type.isPrimitive())
                .filter(resideOutsideOfPackages("java..", "javax..", "dev.dray..", "org.jspecify..", ""))
                .map(JavaClass::getName);
    }
}
