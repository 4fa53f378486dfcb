package dev.dray.acceptance.house;

import static dev.dray.acceptance.house.HouseRules.ROOT;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What modules export, and to whom: a table of packages, below `dev.dray`, and of single types where a package is
/// closed but for one.
///
/// A user is a module, or [#LIBRARY]: programs of others, which compile against the package. `dray-benchmark` measures
/// from inside, as tests do, and is not asked.
record Exports(Map<String, Set<String>> users) {
    /// Programs outside the house.
    static final String LIBRARY = "library";

    private static final Set<String> NOT_ASKED = Set.of("benchmark");

    /// @param table lines of a package or type, and the names of its users
    static Exports parse(String table) {
        Map<String, Set<String>> users = new LinkedHashMap<>();
        for (String line : table.lines().filter(line -> !line.isBlank()).toList()) {
            List<String> words = List.of(line.strip().split("\\s+"));
            if (users.put(words.getFirst(), new TreeSet<>(words.subList(1, words.size()))) != null) {
                throw new IllegalArgumentException(words.getFirst() + " stands twice");
            }
        }
        return new Exports(users);
    }

    /// Uses of a class that its module does not export to the user.
    List<String> trespasses(JavaClasses classes) {
        Set<String> offences = new TreeSet<>();
        for (Dependency use : uses(classes)) {
            JavaClass used = top(use.getTargetClass());
            String user = HouseRules.module(use.getOriginClass());
            Optional<String> entry = entry(used);
            if (entry.isEmpty() || !users.get(entry.get()).contains(user)) {
                offences.add("%s uses %s, which is not exported to %s"
                        .formatted(use.getOriginClass().getName(), used.getName(), user));
            }
        }
        return List.copyOf(offences);
    }

    /// Entries, and users in them, for which nothing speaks any more.
    List<String> unused(JavaClasses classes) {
        Map<String, Set<String>> seen = new LinkedHashMap<>();
        for (Dependency use : uses(classes)) {
            entry(top(use.getTargetClass()))
                    .ifPresent(entry -> seen.computeIfAbsent(entry, _ -> new TreeSet<>())
                            .add(HouseRules.module(use.getOriginClass())));
        }
        List<String> offences = new ArrayList<>();
        users.forEach((entry, wanted) -> {
            if (wanted.isEmpty()) {
                offences.add(entry + " is exported to nobody");
            }
            wanted.stream()
                    .filter(user -> user.equals(LIBRARY)
                            ? !hasPublicTypes(classes, entry)
                            : !seen.getOrDefault(entry, Set.of()).contains(user))
                    .forEach(user -> offences.add(entry + " is exported to " + user + ", which does not use it"));
        });
        return offences;
    }

    private Optional<String> entry(JavaClass used) {
        String type = used.getName().substring(ROOT.length());
        String itsPackage = used.getPackageName().substring(ROOT.length());
        return users.containsKey(type)
                ? Optional.of(type)
                : Optional.of(itsPackage).filter(users::containsKey);
    }

    private static boolean hasPublicTypes(JavaClasses classes, String entry) {
        return classes.stream()
                .anyMatch(type -> (type.getPackageName().equals(ROOT + entry)
                                || type.getName().equals(ROOT + entry))
                        && type.getModifiers().contains(JavaModifier.PUBLIC));
    }

    private static List<Dependency> uses(JavaClasses classes) {
        return classes.stream()
                .filter(HouseRules.ours())
                .filter(type -> !NOT_ASKED.contains(HouseRules.module(type)))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> HouseRules.ours().test(use.getTargetClass()))
                .filter(use -> !HouseRules.module(use.getTargetClass()).equals(HouseRules.module(use.getOriginClass())))
                .toList();
    }

    private static JavaClass top(JavaClass type) {
        return type.getEnclosingClass().map(Exports::top).orElseGet(() -> type);
    }
}
