package dev.dray.acceptance.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Small sources that break rules, compiled against the house and imported beside it.
final class Offenders {
    private final Path sources;
    private final Path classes;
    private final List<Path> files = new ArrayList<>();

    /// @param folder an empty one
    Offenders(Path folder) throws IOException {
        this.sources = Files.createDirectories(folder.resolve("sources"));
        this.classes = Files.createDirectories(folder.resolve("classes"));
    }

    /// Adds the source of one top-level type.
    ///
    /// @param name of the type, below `dev.dray`
    /// @param body the source after the package, with `NAME` for the simple name
    void add(String name, String body) throws IOException {
        String qualified = HouseRules.ROOT + name;
        int dot = qualified.lastIndexOf('.');
        Path file = sources.resolve(qualified.replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "package %s;%n%s%n"
                        .formatted(qualified.substring(0, dot), body.replace("NAME", qualified.substring(dot + 1))));
        files.add(file);
    }

    /// The house with the offenders in it.
    JavaClasses importBesideTheHouse() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String classPath = Stream.concat(
                        House.folders().stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(File.pathSeparator));
        List<String> options = List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-classpath", classPath);
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
            if (!compiled) {
                throw new IllegalStateException(messages.toString());
            }
        }
        List<Path> all = new ArrayList<>(House.folders());
        all.add(classes);
        return new ClassFileImporter().importPaths(all);
    }
}
