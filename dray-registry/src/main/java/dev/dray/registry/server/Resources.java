package dev.dray.registry.server;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a process may use, from which its budgets follow.
///
/// @param heapBytes most memory for objects
/// @param directBytes most memory for buffers outside the heap
/// @param descriptors files and sockets that may be open at a time
public record Resources(long heapBytes, long directBytes, long descriptors, int processors) {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern OPEN_FILES = Pattern.compile("Max open files\\s+(\\d+)");
    private static final Pattern DIRECT = Pattern.compile("-XX:MaxDirectMemorySize=(\\d+)([kKmMgG]?)");
    private static final long USUAL_DESCRIPTORS = 1024;

    public Resources {
        if (heapBytes < 1 || directBytes < 1 || descriptors < 1 || processors < 1) {
            throw new IllegalArgumentException("a process has some of each resource");
        }
    }

    /// Those of this process.
    public static Resources ofProcess() {
        Runtime runtime = Runtime.getRuntime();
        return new Resources(
                runtime.maxMemory(),
                direct(ManagementFactory.getRuntimeMXBean().getInputArguments(), runtime.maxMemory()),
                descriptorLimit(),
                runtime.availableProcessors());
    }

    /// Without a flag the JVM allows as much as for the heap.
    static long direct(List<String> flags, long heapBytes) {
        long bytes = heapBytes;
        for (String flag : flags) {
            Matcher matcher = DIRECT.matcher(flag);
            if (matcher.matches()) {
                long number = Long.parseLong(matcher.group(1));
                bytes = switch (matcher.group(2)) {
                    case "k", "K" -> number << 10;
                    case "m", "M" -> number << 20;
                    case "g", "G" -> number << 30;
                    default -> number;
                };
            }
        }
        return bytes == 0 ? heapBytes : bytes;
    }

    private static long descriptorLimit() {
        try {
            Matcher matcher = OPEN_FILES.matcher(Files.readString(LIMITS));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : USUAL_DESCRIPTORS;
        } catch (IOException noSuchFile) {
            return USUAL_DESCRIPTORS;
        }
    }
}
