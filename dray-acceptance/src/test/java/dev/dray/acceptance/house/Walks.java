package dev.dray.acceptance.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.dray.acceptance.house.ArchitecturePage.Leg;
import dev.dray.acceptance.house.ArchitecturePage.Picture;
import dev.dray.acceptance.house.ArchitecturePage.Walk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Compares what `ARCHITECTURE.md` says with the graph of the classes; returns what is not so, one line each.
final class Walks {
    private Walks() {}

    /// The types of a walk exist and each depends on the next; lists go on from types that were passed.
    static List<String> broken(JavaClasses classes, Walk walk) {
        List<String> offences = new ArrayList<>();
        Set<String> passed = new HashSet<>();
        for (Leg leg : walk.legs()) {
            String first = leg.types().getFirst();
            if (!passed.isEmpty() && !leg.otherSide() && !passed.contains(first)) {
                offences.add(first + " begins a list, and the walk has not passed it");
            }
            passed.addAll(leg.types());
            leg.types().stream()
                    .filter(type -> !classes.contain(HouseRules.ROOT + type))
                    .forEach(type -> offences.add(type + " does not exist"));
            for (int step = 1; step < leg.types().size(); step++) {
                String from = leg.types().get(step - 1);
                String to = leg.types().get(step);
                if (classes.contain(HouseRules.ROOT + from)
                        && !uses(classes, from).contains(HouseRules.ROOT + to)) {
                    offences.add(from + " does not use " + to);
                }
            }
        }
        return offences;
    }

    /// The top-level types that a type uses, with its nested classes and lambdas.
    private static Set<String> uses(JavaClasses classes, String type) {
        String name = HouseRules.ROOT + type;
        Set<String> used = new TreeSet<>();
        classes.stream()
                .filter(part -> part.getName().equals(name) || part.getName().startsWith(name + "$"))
                .flatMap(part -> part.getDirectDependenciesFromSelf().stream())
                .forEach(use -> used.add(topLevel(use.getTargetClass())));
        return used;
    }

    private static String topLevel(JavaClass type) {
        return type.getBaseComponentType().getName().replaceAll("\\$.*", "");
    }

    /// Every package of main code is in a picture or is its whole module, and uses none that stands above it.
    static List<String> misdrawn(JavaClasses classes, List<Picture> pictures) {
        List<String> offences = new ArrayList<>();
        Set<String> drawn = new TreeSet<>();
        for (Picture picture : pictures) {
            drawn.addAll(picture.packages());
            for (int at = 0; at < picture.packages().size(); at++) {
                String lower = picture.packages().get(at);
                List<String> above = picture.packages().subList(0, at);
                usedPackages(classes, lower)
                        .filter(above::contains)
                        .forEach(upper -> offences.add(lower + " uses " + upper + ", which stands above it"));
            }
        }
        Set<String> there = new TreeSet<>();
        classes.stream()
                .filter(HouseRules.ours())
                .map(type -> type.getPackageName().substring(HouseRules.ROOT.length()))
                .filter(name -> !name.matches("(seeds|testkit|benchmark)(\\..*)?"))
                .forEach(there::add);
        there.stream().filter(name -> !drawn.contains(name)).forEach(name -> offences.add(name + " is in no picture"));
        drawn.stream().filter(name -> !there.contains(name)).forEach(name -> offences.add(name + " does not exist"));
        return offences;
    }

    private static Stream<String> usedPackages(JavaClasses classes, String aPackage) {
        return classes.stream()
                .filter(type -> type.getPackageName().equals(HouseRules.ROOT + aPackage))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(use -> use.getTargetClass().getBaseComponentType().getPackageName())
                .filter(name -> name.startsWith(HouseRules.ROOT))
                .map(name -> name.substring(HouseRules.ROOT.length()))
                .distinct();
    }
}
