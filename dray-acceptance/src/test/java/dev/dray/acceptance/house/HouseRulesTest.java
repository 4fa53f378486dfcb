package dev.dray.acceptance.house;

import static dev.dray.acceptance.house.House.CLASSES;
import static dev.dray.acceptance.house.House.EXPORTS;
import static dev.dray.acceptance.house.House.VISIBLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The house keeps its rules. [HouseRulesOffencesTest] shows that each of them can fail.
class HouseRulesTest {
    static Stream<String> modules() {
        return VISIBLE.keySet().stream();
    }

    @Test
    void theModulesOnDiskAreThoseWithRules() throws Exception {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            List<String> names =
                    folders.map(folder -> folder.getFileName().toString()).toList();
            assertThat(HouseRules.modulesWithoutRules(names, VISIBLE.keySet())).isEmpty();
        }
    }

    @Test
    void everyModuleHasClasses() {
        assertThat(HouseRules.emptyModules(CLASSES, VISIBLE.keySet())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void modulesSeeOnlyThoseBelowThem(String module) {
        assertThat(HouseRules.lookingUp(CLASSES, VISIBLE, module)).isEmpty();
    }

    @Test
    void modulesUseOnlyWhatOthersExportToThem() {
        assertThat(EXPORTS.trespasses(CLASSES)).isEmpty();
    }

    @Test
    void everyExportServesSomebody() {
        assertThat(EXPORTS.unused(CLASSES)).isEmpty();
    }

    @Test
    void packagesHaveNoCycles() {
        assertThat(HouseRules.cycles(CLASSES)).isEmpty();
    }

    @Test
    void packagesAreOfASizeThatCanBeReadAtOnce() {
        assertThat(HouseRules.crowdedPackages(CLASSES, House.TYPES, House.LARGE_PACKAGES))
                .isEmpty();
    }

    @Test
    void onlyHttpSeesNetty() {
        assertThat(HouseRules.outside(CLASSES, "io.netty..", "dev.dray.http.netty.."))
                .isEmpty();
    }

    @Test
    void onlyTheStoresDatabasePackagesSeeJdbc() {
        assertThat(HouseRules.outside(CLASSES, "java.sql..", "dev.dray.store.jdbc..", "dev.dray.store.sqlite.."))
                .isEmpty();
    }

    @Test
    void onlyOnePackageOfTheStoreSeesSqlite() {
        assertThat(HouseRules.outside(CLASSES, "org.sqlite..", "dev.dray.store.sqlite.."))
                .isEmpty();
    }

    @Test
    void onlyPacksSeeZstd() {
        assertThat(HouseRules.outside(CLASSES, "com.github.luben..", "dev.dray.store.pack.."))
                .isEmpty();
    }

    @Test
    void onlyTheClientsTransportAndAuthorizationSeeTheHttpClient() {
        assertThat(HouseRules.outside(
                        CLASSES, "org.apache.hc..", "dev.dray.client.transport..", "dev.dray.client.auth.."))
                .isEmpty();
    }

    @Test
    void onlyTheModelsJsonSeesTheJsonParser() {
        assertThat(HouseRules.outside(CLASSES, "tools.jackson..", "dev.dray.model.json.."))
                .isEmpty();
    }

    @Test
    void onlyTheCommandSeesItsCommandLineLibrary() {
        assertThat(HouseRules.outside(CLASSES, "picocli..", "dev.dray.cli..")).isEmpty();
    }

    @Test
    void publicSignaturesNameOnlyOurTypesAndTheJdks() {
        assertThat(HouseRules.foreignTypesInSignatures(CLASSES)).isEmpty();
    }

    @Test
    void nothingIsNamedForWhatItIsNot() {
        assertThat(HouseRules.emptyNames(CLASSES)).isEmpty();
    }

    @Test
    void interfacesHaveAtMostSevenMethodsToImplementInheritedOnesCounted() {
        assertThat(HouseRules.wideInterfaces(CLASSES, House.METHODS, House.WIDE_INTERFACES))
                .isEmpty();
    }

    @Test
    void noRuleIsLiftedWithoutNeed() {
        assertThat(HouseRules.needlesslyLifted(CLASSES, House.METHODS, House.WIDE_INTERFACES))
                .isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(HouseRules.unmarkedPackages(CLASSES)).isEmpty();
    }
}
