package dev.dray.engine.archive.layout;

import dev.dray.layer.tar.PaxRecords;
import dev.dray.layer.tar.recipe.TarBlock;
import dev.dray.model.DrayException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The files of a tar by name, found by one look at its headers. Nothing is unpacked: a name is a key, never a path on
/// this host.
///
/// The archive is a stranger's. Refused are names that lead out of it, two files of one name (readers differ in which
/// they take), sparse files, what breaks off, and more than [#MOST_ENTRIES] entries. Links are followed within the
/// archive only. Immutable.
public final class TarIndex implements LayoutFiles {
    static final int MOST_ENTRIES = 100_000;
    private static final int LONGEST_NAME = 4096;
    private static final int LARGEST_RECORDS = 1 << 20;
    private static final int MOST_HOPS = 8;

    private final ArchiveBytes bytes;
    private final Map<String, Entry> entries = new HashMap<>();

    private TarIndex(ArchiveBytes bytes) {
        this.bytes = bytes;
    }

    /// An entry of a name.
    private sealed interface Entry {
        record File(TarFile file) implements Entry {}

        record Link(String target) implements Entry {}

        record Folder() implements Entry {}

        /// A device, a pipe, or what no reader of images understands.
        record Other() implements Entry {}
    }

    /// @throws DrayException of kind INVALID when it is no tar, or one that is refused
    public static TarIndex read(ArchiveBytes bytes) throws IOException {
        TarIndex index = new TarIndex(bytes);
        index.new Reading().all();
        return index;
    }

    /// The file of this name, links followed.
    ///
    /// @param name without `./` before it
    /// @throws DrayException of kind INVALID when the name is no file's, or its links lead nowhere
    @Override
    public Optional<TarFile> find(String name) {
        String next = name;
        for (int hops = 0; hops <= MOST_HOPS; hops++) {
            switch (entries.get(next)) {
                case null -> {
                    if (hops == 0) {
                        return Optional.empty();
                    }
                    throw invalid("\"%s\" is a link to \"%s\", which is not in it".formatted(shown(name), shown(next)));
                }
                case Entry.File(TarFile file) -> {
                    return Optional.of(file);
                }
                case Entry.Link(String target) -> next = target;
                case Entry.Folder _, Entry.Other _ -> throw invalid("\"%s\" is not a file".formatted(shown(name)));
            }
        }
        throw invalid("\"%s\" is a link without end".formatted(shown(name)));
    }

    @Override
    public String name() {
        return bytes.name();
    }

    private DrayException invalid(String why) {
        return new DrayException(DrayException.Kind.INVALID, "invalid archive \"%s\": %s".formatted(bytes.name(), why));
    }

    /// A stranger's name, fit for a message.
    public static String shown(String name) {
        String printable = name.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.length() > 100 ? printable.substring(0, 100) + "..." : printable;
    }

    /// One pass over the headers.
    private final class Reading {
        private long position;
        private int count;
        private Optional<String> longName = Optional.empty();
        private Optional<String> longLink = Optional.empty();
        private PaxRecords records = PaxRecords.NONE;

        void all() throws IOException {
            while (position < bytes.size()) {
                byte[] block = block();
                if (TarBlock.isZero(block, TarBlock.SIZE)) {
                    requireEnd();
                    return;
                }
                if (!TarBlock.isHeader(block)) {
                    throw invalid(count == 0 ? "it is not a tar" : "at byte %d is no tar header".formatted(position));
                }
                header(block);
            }
            if (count == 0) {
                throw invalid("it is empty");
            }
        }

        private byte[] block() throws IOException {
            if (bytes.size() - position < TarBlock.SIZE) {
                throw brokenOff();
            }
            return bytes.read(position, TarBlock.SIZE);
        }

        /// Two empty blocks end a tar; one alone, with something behind it, would end it for some readers only.
        private void requireEnd() throws IOException {
            position += TarBlock.SIZE;
            if (position < bytes.size() && !TarBlock.isZero(block(), TarBlock.SIZE)) {
                throw invalid("an empty block at byte %d has entries behind it".formatted(position - TarBlock.SIZE));
            }
        }

        private void header(byte[] block) throws IOException {
            if (++count > MOST_ENTRIES) {
                throw new DrayException(
                        DrayException.Kind.TOO_LARGE,
                        "the archive \"%s\" has more than %d entries".formatted(bytes.name(), MOST_ENTRIES));
            }
            char type = TarBlock.type(block);
            long size = TarBlock.isHeaderOnly(type) ? 0 : size(block);
            long data = position + TarBlock.SIZE;
            if (size > bytes.size() - data) {
                throw brokenOff();
            }
            position = data + size + TarBlock.padding(size);
            switch (type) {
                case 'x' -> records = PaxRecords.parse(described(data, size)).orElseThrow(this::malformed);
                case 'g' -> {}
                case 'L' -> longName = Optional.of(text(described(data, size)));
                case 'K' -> longLink = Optional.of(text(described(data, size)));
                default -> entry(block, type, new TarFile(bytes, data, size));
            }
        }

        private long size(byte[] block) {
            OptionalLong size = Optional.ofNullable(records.values().get("size"))
                    .map(PaxRecords::decimal)
                    .orElseGet(() -> TarBlock.number(block, TarBlock.Field.SIZE));
            if (size.isEmpty() || size.getAsLong() < 0) {
                throw invalid("the entry at byte %d has no size".formatted(position));
            }
            return size.getAsLong();
        }

        private byte[] described(long offset, long size) throws IOException {
            if (size > LARGEST_RECORDS) {
                throw invalid("the records at byte %d are larger than %d bytes".formatted(offset, LARGEST_RECORDS));
            }
            return bytes.read(offset, (int) size);
        }

        private void entry(byte[] block, char type, TarFile file) {
            String name = name(block);
            String target = pax("linkpath").or(() -> longLink).orElseGet(() -> field(block, TarBlock.Field.LINK));
            boolean sparse =
                    records.sparseMap() || records.values().keySet().stream().anyMatch(k -> k.startsWith("GNU.sparse"));
            longName = Optional.empty();
            longLink = Optional.empty();
            records = PaxRecords.NONE;
            if (type == 'S' || sparse) {
                throw invalid("\"%s\" is a sparse file".formatted(shown(name)));
            }
            String path = inside(name, name);
            if (!path.isEmpty()) {
                put(path, made(type, name, path, target, file));
            }
        }

        private Entry made(char type, String name, String path, String target, TarFile file) {
            return switch (type) {
                case '0', '7' -> new Entry.File(file);
                case '\0' -> name.endsWith("/") ? new Entry.Folder() : new Entry.File(file);
                case '1' -> new Entry.Link(inside(target, name));
                case '2' -> new Entry.Link(inside(beside(path, target), name));
                case '5' -> new Entry.Folder();
                default -> new Entry.Other();
            };
        }

        private void put(String path, Entry entry) {
            Entry before = entries.put(path, entry);
            boolean twice = before != null && !(before instanceof Entry.Folder && entry instanceof Entry.Folder);
            if (twice) {
                throw invalid("it has two entries named \"%s\"".formatted(shown(path)));
            }
        }

        private String name(byte[] block) {
            return pax("path").or(() -> longName).orElseGet(() -> {
                String name = field(block, TarBlock.Field.NAME);
                boolean ustar = field(block, TarBlock.Field.MAGIC).equals("ustar");
                String prefix = ustar ? field(block, TarBlock.Field.PREFIX) : "";
                return prefix.isEmpty() ? name : prefix + "/" + name;
            });
        }

        private Optional<String> pax(String key) {
            return Optional.ofNullable(records.values().get(key)).map(Reading::utf8);
        }

        /// A symbolic link's target counts from the folder of the link, another one's from the top.
        private static String beside(String path, String target) {
            return target.startsWith("/") ? target : path.substring(0, path.lastIndexOf('/') + 1) + target;
        }

        /// The name without `.` and `..`.
        private String inside(String path, String name) {
            if (path.startsWith("/") || path.indexOf('\0') >= 0 || path.length() > LONGEST_NAME) {
                throw leadsOut(name);
            }
            StringBuilder clean = new StringBuilder();
            for (String part : path.split("/", -1)) {
                if (part.equals("..")) {
                    if (clean.isEmpty()) {
                        throw leadsOut(name);
                    }
                    clean.setLength(Math.max(0, clean.lastIndexOf("/")));
                } else if (!part.isEmpty() && !part.equals(".")) {
                    clean.append(clean.isEmpty() ? "" : "/").append(part);
                }
            }
            return clean.toString();
        }

        private DrayException leadsOut(String name) {
            return invalid("the name or link of \"%s\" leads out of it".formatted(shown(name)));
        }

        private DrayException brokenOff() {
            return invalid("it breaks off after %d bytes".formatted(bytes.size()));
        }

        private DrayException malformed() {
            return invalid("the records at byte %d are malformed".formatted(position));
        }

        private static String field(byte[] block, TarBlock.Field field) {
            int end = field.offset();
            while (end < field.offset() + field.length() && block[end] != 0) {
                end++;
            }
            return new String(block, field.offset(), end - field.offset(), StandardCharsets.UTF_8);
        }

        private static String text(byte[] data) {
            String text = new String(data, StandardCharsets.UTF_8);
            int end = text.indexOf('\0');
            return end < 0 ? text : text.substring(0, end);
        }

        /// Records are held one char a byte.
        private static String utf8(String value) {
            return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }
}
