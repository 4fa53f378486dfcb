package dev.dray.acceptance.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule of the house fails where it is broken, and names the offender: deliberate offences are compiled and
/// imported beside the house.
class HouseRulesOffencesTest {
    private static final String SEVEN_METHODS = "void a(); void b(); void c(); void d(); void e(); void f(); void g();";

    /// For each module that may not see all others, the module that its offender looks at.
    private static final Map<String, String> LOOKED_AT = new TreeMap<>();

    @TempDir
    private static Path folder;

    private static JavaClasses withOffences;

    @BeforeAll
    static void compileTheOffences() throws Exception {
        Offenders offenders = new Offenders(folder);
        for (String module : House.VISIBLE.keySet()) {
            Set<String> forbidden = new TreeSet<>(House.VISIBLE.keySet());
            forbidden.remove(module);
            forbidden.removeAll(House.VISIBLE.get(module));
            if (!forbidden.isEmpty()) {
                String other = forbidden.iterator().next();
                LOOKED_AT.put(module, other);
                offenders.add(module + ".offence.LookingUp", "class NAME { " + somePublicType(other) + " seen; }");
            }
        }
        offenders.add("engine.offence.Trespass", "class NAME { dev.dray.store.filesystem.Layout closed; }");
        offenders.add("cli.offence.Reader", "class NAME { dev.dray.store.catalog.Transaction notForTheCommand; }");
        offenders.add("model.offence.unused.Offer", "public class NAME {}");
        offenders.add("model.offence.one.Here", "public class NAME { dev.dray.model.offence.other.There there; }");
        offenders.add("model.offence.other.There", "public class NAME { dev.dray.model.offence.one.Here here; }");
        for (int number = 0; number <= House.TYPES; number++) {
            offenders.add("model.offence.crowd.Type" + number, "class NAME { class Inner {} }");
        }
        for (int number = 0; number < House.TYPES; number++) {
            offenders.add("model.offence.full.Type" + number, "class NAME { class Inner {} }");
        }
        offenders.add("registry.offence.SeesNetty", "class NAME { io.netty.buffer.ByteBuf bytes; }");
        offenders.add("engine.offence.SeesJdbc", "class NAME { java.sql.Connection connection; }");
        offenders.add("store.jdbc.offence.SeesJdbc", "class NAME { java.sql.Connection connection; }");
        offenders.add("store.jdbc.offence.SeesSqlite", "class NAME { org.sqlite.SQLiteConfig config; }");
        offenders.add("store.layer.offence.SeesZstd", "class NAME { com.github.luben.zstd.ZstdInputStream in; }");
        offenders.add(
                "client.push.offence.SeesHttpClient",
                "class NAME { org.apache.hc.client5.http.classic.HttpClient http; }");
        offenders.add("model.image.offence.SeesJackson", "class NAME { tools.jackson.core.JsonParser parser; }");
        offenders.add("engine.offence.SeesPicocli", "class NAME { picocli.CommandLine line; }");
        offenders.add(
                "client.offence.Exposing",
                "public class NAME { public java.util.List<org.apache.hc.core5.http.HttpHost> hosts() { return null; } }");
        offenders.add("model.offence.StringHelper", "class NAME {}");
        offenders.add("model.offence.utils.Text", "class NAME {}");
        offenders.add("model.offence.SevenMethods", "interface NAME { " + SEVEN_METHODS + " }");
        offenders.add("model.offence.EightMethods", "interface NAME { " + SEVEN_METHODS + " void h(); }");
        offenders.add("model.offence.EightInherited", "interface NAME extends SevenMethods { void h(); }");
        offenders.add(
                "model.offence.OneImplemented",
                "interface NAME extends SevenMethods { default void a() {} void b(); void h(); }");
        offenders.add("model.offence.unmarked.Type", "class NAME {}");
        withOffences = offenders.importBesideTheHouse();
    }

    private static String somePublicType(String module) {
        return House.CLASSES.stream()
                .filter(type -> type.getPackageName().startsWith(HouseRules.ROOT + module))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
                .filter(type -> !type.isAnnotation())
                .map(JavaClass::getName)
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    static Set<String> modulesThatCanLookUp() {
        return LOOKED_AT.keySet();
    }

    @ParameterizedTest
    @MethodSource("modulesThatCanLookUp")
    void aModuleThatLooksUpOrSidewaysIsNamed(String module) {
        assertNamed(HouseRules.lookingUp(withOffences, House.VISIBLE, module), module + ".offence.LookingUp");
    }

    @Test
    void aModuleWithoutClassesIsNamed() {
        assertThat(HouseRules.emptyModules(withOffences, List.of("model", "nothing")))
                .containsExactly("nothing");
    }

    @Test
    void aFolderWithoutRulesAndRulesWithoutFolderAreNamed() {
        assertThat(HouseRules.modulesWithoutRules(
                        List.of("docs", "dray-model", "dray-new", "dray-acceptance"), List.of("model", "old")))
                .containsExactly("dray-new has no rules", "dray-old is no folder");
    }

    @Test
    void aUseOfWhatIsNotExportedIsNamed() {
        assertNamed(House.EXPORTS.trespasses(withOffences), "engine.offence.Trespass");
    }

    @Test
    void aUseOfWhatIsExportedToOthersIsNamed() {
        assertNamed(House.EXPORTS.trespasses(withOffences), "cli.offence.Reader");
    }

    @ParameterizedTest
    @CsvSource({
        "model.offence.unused store,   'is exported to store, which does not use it'",
        "model.offence.unused,         'is exported to nobody'",
        "model.offence.gone library,   'is exported to library, which does not use it'",
        "model http,                   'is exported to http, which does not use it'",
        "store.filesystem.Layout cli,  'is exported to cli, which does not use it'",
    })
    void anExportThatServesNobodyIsNamed(String line, String offence) {
        assertThat(Exports.parse(line).unused(withOffences))
                .containsExactly(line.replaceFirst(" .*", "") + " " + offence);
    }

    @Test
    void packagesInACircleAreNamed() {
        assertThat(HouseRules.cycles(withOffences))
                .anySatisfy(offence -> assertThat(offence).contains("model.offence.one", "model.offence.other"));
    }

    @Test
    void aPackageWithOneTypeTooManyIsNamedAndInnerTypesDoNotCount() {
        assertThat(HouseRules.crowdedPackages(withOffences, House.TYPES, House.LARGE_PACKAGES))
                .containsExactly("dev.dray.model.offence.crowd has 25 types");
    }

    @Test
    void aPackageThatGrowsPastItsOwnLimitIsNamed() {
        assertThat(HouseRules.crowdedPackages(withOffences, House.TYPES, Map.of("dev.dray.model.offence.crowd", 25)))
                .doesNotContain("dev.dray.model.offence.crowd has 25 types")
                .anyMatch(offence -> offence.startsWith("dev.dray.layer.deflate.klauspost has"));
    }

    @ParameterizedTest
    @CsvSource({
        "io.netty..,         registry.offence.SeesNetty,         dev.dray.http.netty..",
        "java.sql..,         engine.offence.SeesJdbc,            dev.dray.store.jdbc..",
        "org.sqlite..,       store.jdbc.offence.SeesSqlite,      dev.dray.store.sqlite..",
        "com.github.luben.., store.layer.offence.SeesZstd,       dev.dray.store.pack..",
        "org.apache.hc..,    client.push.offence.SeesHttpClient, dev.dray.client.transport..",
        "tools.jackson..,    model.image.offence.SeesJackson,    dev.dray.model.json..",
        "picocli..,          engine.offence.SeesPicocli,         dev.dray.cli..",
    })
    void whoeverSeesALibraryBesideItsPackageIsNamed(String library, String offender, String allowed) {
        assertNamed(HouseRules.outside(withOffences, library, allowed), offender);
        assertThat(HouseRules.outside(
                        withOffences, library, allowed, HouseRules.ROOT + offender.replaceAll("\\.[A-Z].*", "")))
                .noneMatch(offence -> offence.contains(offender));
    }

    @Test
    void aPublicSignatureWithATypeOfALibraryIsNamed() {
        assertThat(HouseRules.foreignTypesInSignatures(withOffences))
                .containsExactly("dev.dray.client.offence.Exposing.hosts() exposes org.apache.hc.core5.http.HttpHost");
    }

    @Test
    void namesThatSayNothingAreNamed() {
        assertNamed(HouseRules.emptyNames(withOffences), "model.offence.StringHelper");
        assertNamed(HouseRules.emptyNames(withOffences), "model.offence.utils.Text");
    }

    @Test
    void anInterfaceOfEightMethodsIsNamedInheritedOnesCountedAndImplementedOnesNot() {
        assertThat(HouseRules.wideInterfaces(withOffences, House.METHODS, House.WIDE_INTERFACES))
                .containsExactlyInAnyOrder(
                        "dev.dray.model.offence.EightMethods has 8 methods to implement",
                        "dev.dray.model.offence.EightInherited has 8 methods to implement");
    }

    @Test
    void aRuleLiftedWithoutNeedIsNamed() {
        assertThat(HouseRules.needlesslyLifted(
                        withOffences,
                        House.METHODS,
                        Map.of(
                                "dev.dray.model.offence.SevenMethods", 7,
                                "dev.dray.model.offence.EightMethods", 9,
                                "dev.dray.model.offence.EightInherited", 8,
                                "dev.dray.model.offence.Gone", 8)))
                .containsExactlyInAnyOrder(
                        "dev.dray.model.offence.SevenMethods does not need 7 methods",
                        "dev.dray.model.offence.EightMethods does not need 9 methods",
                        "dev.dray.model.offence.Gone does not need 8 methods");
    }

    @Test
    void aPackageThatIsNotNullMarkedIsNamed() {
        assertThat(HouseRules.unmarkedPackages(withOffences)).contains("dev.dray.model.offence.unmarked");
    }

    private static void assertNamed(List<String> offences, String offender) {
        assertThat(offences).anyMatch(offence -> offence.contains(HouseRules.ROOT + offender));
    }
}
