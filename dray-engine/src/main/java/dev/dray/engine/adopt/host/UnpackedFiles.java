package dev.dray.engine.adopt.host;

import dev.dray.layer.tarsplit.LayerFiles;
import dev.dray.layer.tarsplit.LayerNames;
import dev.dray.model.DrayException;
import dev.dray.model.RawBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of a layer in the folder that an engine unpacked it to.
///
/// Names come from strangers: each step is opened relative to the folder before it and follows no link, and only
/// regular files are opened at all. Thread safe.
///
/// @param folders where to look, the layer's own first
record UnpackedFiles(List<Path> folders) implements LayerFiles {
    UnpackedFiles {
        folders = List.copyOf(folders);
    }

    @Override
    public Reading read() throws IOException {
        List<FolderReading> readings = new ArrayList<>();
        try {
            for (Path folder : folders) {
                readings.add(FolderReading.open(folder));
            }
        } catch (IOException | RuntimeException failure) {
            closeAll(readings);
            throw failure;
        }
        return new FoldersReading(readings);
    }

    private static void closeAll(List<FolderReading> readings) throws IOException {
        for (FolderReading reading : readings) {
            reading.close();
        }
    }

    /// Looks in one folder after the other.
    private record FoldersReading(List<FolderReading> readings) implements Reading {
        @Override
        public InputStream open(RawBytes name) throws IOException {
            List<RawBytes> steps = FileName.steps(name);
            for (FolderReading reading : readings) {
                try {
                    return reading.open(steps);
                } catch (NoSuchFileException absent) {
                    // perhaps in the next
                } catch (AccessDeniedException refused) {
                    throw denied(LayerNames.shown(name), refused);
                }
            }
            throw readings.getFirst().absent(name);
        }

        @Override
        public void close() throws IOException {
            closeAll(readings);
        }
    }

    /// The failure for an answer of the system.
    static DrayException denied(Object what, IOException refused) {
        return new DrayException(DrayException.Kind.DENIED, "no permission to read \"%s\"".formatted(what), refused)
                .advising("read the store as root, or as its owner (rootless podman: podman unshare dray ...)");
    }

    /// One folder, with the path to the last file held open: the files of an archive mostly follow one another.
    private static final class FolderReading {
        private final Path folder;
        private final SecureDirectoryStream<Path> root;
        private final List<RawBytes> way = new ArrayList<>();
        private final List<SecureDirectoryStream<Path>> open = new ArrayList<>();

        private FolderReading(Path folder, SecureDirectoryStream<Path> root) {
            this.folder = folder;
            this.root = root;
        }

        @SuppressWarnings("StreamResourceLeak") // closed with the reading
        static FolderReading open(Path folder) throws IOException {
            DirectoryStream<Path> stream;
            try {
                requireNoLink(folder);
                stream = Files.newDirectoryStream(folder);
            } catch (NoSuchFileException gone) {
                throw gone(folder);
            } catch (AccessDeniedException refused) {
                throw denied(folder, refused);
            }
            if (stream instanceof SecureDirectoryStream<Path> secure) {
                return new FolderReading(folder, secure);
            }
            stream.close();
            throw new DrayException(
                    DrayException.Kind.UNSUPPORTED,
                    "this system cannot open files relative to the folder \"%s\"".formatted(folder));
        }

        /// A whole driver's folder may be a link to another disk, but the layer's own may not lead elsewhere.
        private static void requireNoLink(Path folder) throws IOException {
            int names = folder.getNameCount();
            if (!folder.toRealPath().endsWith(folder.subpath(names - 2, names))) {
                throw new DrayException(
                        DrayException.Kind.INVALID,
                        "the folder \"%s\" of a layer is a link: it is not followed".formatted(folder));
            }
        }

        private static DrayException gone(Path folder) {
            return new DrayException(
                            DrayException.Kind.NOT_FOUND, "the folder \"%s\" of a layer is gone".formatted(folder))
                    .advising("the engine may have removed the image meanwhile: look with dray adopt ls");
        }

        DrayException absent(RawBytes name) {
            if (!Files.isDirectory(folder)) {
                return gone(folder);
            }
            return new DrayException(
                    DrayException.Kind.CORRUPT,
                    "the file \"%s\" of a layer is not in \"%s\"".formatted(LayerNames.shown(name), folder));
        }

        InputStream open(List<RawBytes> steps) throws IOException {
            SecureDirectoryStream<Path> parent = walk(steps.subList(0, steps.size() - 1));
            Path name = FileName.path(steps.getLast());
            boolean regular = parent.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes()
                    .isRegularFile();
            if (!regular) {
                throw notPlain(steps);
            }
            return Channels.newInputStream(
                    parent.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
        }

        private SecureDirectoryStream<Path> walk(List<RawBytes> steps) throws IOException {
            int common = 0;
            while (common < Math.min(steps.size(), way.size())
                    && way.get(common).equals(steps.get(common))) {
                common++;
            }
            while (way.size() > common) {
                way.removeLast();
                open.removeLast().close();
            }
            for (RawBytes step : steps.subList(common, steps.size())) {
                SecureDirectoryStream<Path> parent = open.isEmpty() ? root : open.getLast();
                Path name = FileName.path(step);
                boolean directory = parent.getFileAttributeView(
                                name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes()
                        .isDirectory();
                if (!directory) {
                    throw notPlain(steps);
                }
                open.add(parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
                way.add(step);
            }
            return open.isEmpty() ? root : open.getLast();
        }

        private DrayException notPlain(List<RawBytes> steps) {
            String name = String.join("/", steps.stream().map(LayerNames::shown).toList());
            return new DrayException(
                    DrayException.Kind.INVALID,
                    "\"%s\" in \"%s\" is, or goes through, a link or a special file: it is not opened"
                            .formatted(name, folder));
        }

        void close() throws IOException {
            for (SecureDirectoryStream<Path> stream : open.reversed()) {
                stream.close();
            }
            root.close();
        }
    }
}
