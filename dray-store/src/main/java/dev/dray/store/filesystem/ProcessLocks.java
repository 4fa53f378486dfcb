package dev.dray.store.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/// Which processes live: each holds the lock on a file of its own, and the system frees it however the process
/// ends.
///
/// POSIX locks belong to the process and not to the descriptor: closing any other channel to the file in the same
/// JVM frees the lock silently, and a second `tryLock` in the JVM throws. So this JVM opens a lock file once, and
/// every question first goes to the set of the files it holds, which all stores of the JVM share. Lock files carry
/// no data and no promise of durability, so they do not go through [FileOperations]. Thread safe.
public final class ProcessLocks {
    /// What this JVM holds, by real path. Static because the locks are the JVM's.
    private static final Map<Path, FileChannel> HELD = new HashMap<>();

    private final Path folder;

    public ProcessLocks(Path folder) {
        this.folder = folder;
    }

    /// Makes the lock file of a new process of this JVM and takes its lock, until [#release] or [#leave]. A file
    /// that is there is what a process left that ended before its name was committed, so that the name is given
    /// again.
    ///
    /// @return false when another has it
    public boolean acquire(String name) throws IOException {
        synchronized (HELD) {
            Path file = path(name);
            if (HELD.containsKey(file)) {
                return false;
            }
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                return false;
            }
            HELD.put(file, channel);
            return true;
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Gives up a lock of this JVM and removes its file.
    public void release(String name) throws IOException {
        synchronized (HELD) {
            Path file = path(name);
            FileChannel channel = HELD.remove(file);
            if (channel != null) {
                Files.deleteIfExists(file);
                channel.close();
            }
        }
    }

    /// Gives up a lock of this JVM whose name was perhaps never committed. The file stays: another process may have
    /// opened it to take the lock, which would be worth nothing on a removed file.
    public void leave(String name) throws IOException {
        synchronized (HELD) {
            FileChannel channel = HELD.remove(path(name));
            if (channel != null) {
                channel.close();
            }
        }
    }

    /// True while the process of that name lives. A process without a lock file lives no more.
    public boolean isAlive(String name) throws IOException {
        synchronized (HELD) {
            Path file = path(name);
            if (HELD.containsKey(file)) {
                return true;
            }
            // A shared lock, so that two processes that ask at the same moment do not take each other for the owner.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                    FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return lock == null;
            } catch (NoSuchFileException e) {
                return false;
            }
        }
    }

    /// Removes the lock file of a process that lives no more.
    public void forget(String name) throws IOException {
        synchronized (HELD) {
            Path file = path(name);
            if (!HELD.containsKey(file)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path path(String name) throws IOException {
        return folder.toRealPath().resolve(name);
    }
}
