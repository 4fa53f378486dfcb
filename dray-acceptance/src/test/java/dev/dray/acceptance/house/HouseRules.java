package dev.dray.acceptance.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules of the house: each looks at classes and returns its offences, one line each, with the names of the
/// offenders. No offences, no lines.
final class HouseRules {
    static final String ROOT = "dev.dray.";

    private HouseRules() {}

    /// A module depends only on modules below it.
    ///
    /// @param visible the modules it may see, for each module
    static List<String> lookingUp(JavaClasses classes, Map<String, Set<String>> visible, String module) {
        String[] forbidden = visible.keySet().stream()
                .filter(other -> !other.equals(module) && !visible.get(module).contains(other))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);
        return forbidden.length == 0
                ? List.of()
                : offences(
                        noClasses()
                                .that()
                                .resideInAPackage(ROOT + module + "..")
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(forbidden),
                        classes);
    }

    /// A module has classes: a rule over nothing holds always.
    static List<String> emptyModules(JavaClasses classes, Collection<String> modules) {
        return modules.stream()
                .filter(module -> classes.stream().noneMatch(resideInAPackage(ROOT + module + "..")))
                .toList();
    }

    /// The folders `dray-…` are the modules with rules.
    static List<String> modulesWithoutRules(Collection<String> folders, Collection<String> modules) {
        Set<String> offences = new TreeSet<>();
        folders.stream()
                .filter(folder -> folder.startsWith("dray-"))
                .map(folder -> folder.substring("dray-".length()))
                .filter(folder -> !folder.equals("acceptance") && !modules.contains(folder))
                .forEach(folder -> offences.add("dray-" + folder + " has no rules"));
        modules.stream()
                .filter(module -> !folders.contains("dray-" + module))
                .forEach(module -> offences.add("dray-" + module + " is no folder"));
        return List.copyOf(offences);
    }

    /// Packages depend on each other in one direction.
    static List<String> cycles(JavaClasses classes) {
        return offences(slices().matching(ROOT + "(**)").should().beFreeOfCycles(), classes);
    }

    /// A library, or a package of the JDK, is visible to the packages that wrap it.
    static List<String> outside(JavaClasses classes, String library, String... packages) {
        return offences(
                noClasses()
                        .that()
                        .resideOutsideOfPackages(packages)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(library),
                classes);
    }

    /// Public signatures of what others use name our types and the JDK's. Left out are programs, and packages around
    /// Netty and the HTTP client that no other module may use (see the table of exports).
    static List<String> foreignTypesInSignatures(JavaClasses classes) {
        return classes.stream()
                .filter(resideOutsideOfPackages(
                        "dev.dray.cli..",
                        "dev.dray.benchmark..",
                        "dev.dray.client.transport.tls..",
                        "dev.dray.http.netty.memory..",
                        "dev.dray.http.netty.socket.."))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(type -> type.getCodeUnits().stream())
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC)
                        || unit.getModifiers().contains(JavaModifier.PROTECTED))
                .flatMap(unit -> exposed(unit).map(name -> unit.getFullName() + " exposes " + name))
                .toList();
    }

    private static Stream<String> exposed(JavaCodeUnit unit) {
        Stream<JavaType> types = Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .filter(type -> !type.isPrimitive())
                .filter(resideOutsideOfPackages("java..", "javax..", "dev.dray..", "org.jspecify..", ""))
                .map(JavaClass::getName);
    }

    /// Types and packages are named for what they are.
    static List<String> emptyNames(JavaClasses classes) {
        return offences(
                noClasses()
                        .should()
                        .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl|Common|Const|Constants)(\\$.*)?")
                        .orShould()
                        .resideInAnyPackage(
                                "..util..", "..utils..", "..helper..", "..common..", "..manager..", "..impl.."),
                classes);
    }

    /// An interface has at most `most` methods to implement, inherited ones counted.
    ///
    /// @param lifted the types for which the rule is lifted, and how many methods each may have
    static List<String> wideInterfaces(JavaClasses classes, int most, Map<String, Integer> lifted) {
        return classes.stream()
                .filter(type -> type.isInterface() && !type.isAnnotation())
                .filter(type -> toImplement(type) > lifted.getOrDefault(type.getName(), most))
                .map(type -> type.getName() + " has " + toImplement(type) + " methods to implement")
                .toList();
    }

    /// A lifted rule that is not needed, or not so far, is taken back.
    static List<String> needlesslyLifted(JavaClasses classes, int most, Map<String, Integer> lifted) {
        return lifted.entrySet().stream()
                .filter(entry -> !classes.contain(entry.getKey())
                        || toImplement(classes.get(entry.getKey())) <= most
                        || toImplement(classes.get(entry.getKey())) < entry.getValue())
                .map(entry -> entry.getKey() + " does not need " + entry.getValue() + " methods")
                .toList();
    }

    private static int toImplement(JavaClass type) {
        Set<String> implemented = signatures(type, method -> !isAbstract(method));
        Set<String> all = signatures(type, HouseRules::isAbstract);
        all.removeAll(implemented);
        return all.size();
    }

    private static Set<String> signatures(JavaClass type, Predicate<JavaMethod> which) {
        return type.getAllMethods().stream()
                .filter(method -> method.getOwner().isInterface())
                .filter(method -> !method.getModifiers().contains(JavaModifier.STATIC))
                .filter(which)
                .map(method -> method.getName()
                        + method.getRawParameterTypes().stream()
                                .map(JavaClass::getName)
                                .toList())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isAbstract(JavaMethod method) {
        return method.getModifiers().contains(JavaModifier.ABSTRACT);
    }

    /// A package has at most `most` top-level types.
    ///
    /// @param lifted packages that may have more, and how many
    static List<String> crowdedPackages(JavaClasses classes, int most, Map<String, Integer> lifted) {
        return packages(classes)
                .filter(aPackage -> types(aPackage) > lifted.getOrDefault(aPackage.getName(), most))
                .map(aPackage -> aPackage.getName() + " has " + types(aPackage) + " types")
                .toList();
    }

    private static long types(JavaPackage aPackage) {
        return aPackage.getClasses().stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.isArray() && !type.getName().endsWith(".package-info"))
                .count();
    }

    /// A package says that it is null-marked.
    static List<String> unmarkedPackages(JavaClasses classes) {
        return packages(classes)
                .filter(aPackage -> !aPackage.getName().startsWith("dev.dray.benchmark"))
                .filter(aPackage -> aPackage.tryGetPackageInfo().isEmpty()
                        || !aPackage.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(JavaPackage::getName)
                .toList();
    }

    private static Stream<JavaPackage> packages(JavaClasses classes) {
        return classes.stream()
                .filter(type -> type.getPackageName().startsWith(ROOT))
                .map(JavaClass::getPackage)
                .distinct();
    }

    private static List<String> offences(ArchRule rule, JavaClasses classes) {
        return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
    }

    /// The module of a class of the house.
    static String module(JavaClass type) {
        String[] names = type.getPackageName().split("\\.", 4);
        return names[2];
    }

    static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage(ROOT + "(*)..");
    }
}
