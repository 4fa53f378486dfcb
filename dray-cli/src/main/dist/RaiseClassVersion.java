import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Raises the classes of a jar to the class-file version of this JDK, with the stack maps that it requires.
///
/// picocli is compiled for Java 5. The JVM does not accept classes of that age into a start-up cache and verifies them
/// with its old, slow verifier, which costs each short command more than all of its own work. Changes nothing else.
///
/// Run by the build: `java RaiseClassVersion.java JAR`.
class RaiseClassVersion {
    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        Path raised = jar.resolveSibling(jar.getFileName() + ".raised");
        try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                JarFile in = new JarFile(jar.toFile());
                OutputStream file = Files.newOutputStream(raised);
                JarOutputStream out = new JarOutputStream(file)) {
            ClassFile classFile = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            for (JarEntry entry : in.stream().toList()) {
                try (InputStream content = in.getInputStream(entry)) {
                    byte[] bytes = content.readAllBytes();
                    boolean isClass = entry.getName().endsWith(".class")
                            && !entry.getName().endsWith("module-info.class");
                    JarEntry copy = new JarEntry(entry.getName());
                    copy.setTime(entry.getTime());
                    out.putNextEntry(copy);
                    out.write(isClass ? raise(classFile, bytes) : bytes);
                    out.closeEntry();
                }
            }
        }
        Files.move(raised, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Disassembles and reassembles code, since only that generates stack maps. A class that has them stays
    /// unchanged.
    private static byte[] raise(ClassFile classFile, byte[] bytes) {
        ClassModel original = classFile.parse(bytes);
        if (original.majorVersion() > ClassFile.JAVA_6_VERSION) {
            return bytes;
        }
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_25_VERSION, 0);
            } else {
                builder.with(element);
            }
        };
        ClassTransform code = ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
        return classFile.transformClass(original, version.andThen(code));
    }
}
