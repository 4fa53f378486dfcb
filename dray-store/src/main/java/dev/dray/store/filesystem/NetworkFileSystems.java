package dev.dray.store.filesystem;

import java.util.Set;

/// The file systems on which a store cannot live: their locks and their shared memory do not hold between hosts,
/// and SQLite's write-ahead log needs both.
public final class NetworkFileSystems {
    private static final Set<String> TYPES = Set.of(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afs",
            "afpfs",
            "ncpfs",
            "ncp",
            "coda",
            "ceph",
            "glusterfs",
            "lustre",
            "gfs2",
            "ocfs2",
            "gpfs",
            "beegfs",
            "orangefs",
            "pvfs2",
            "davfs",
            "webdav",
            "sshfs");

    private NetworkFileSystems() {}

    /// True when `type`, as the host names it, is a network file system. `fuse.sshfs` is one, `fuse.ext4` is not.
    public static boolean contains(String type) {
        return TYPES.contains(type.startsWith("fuse.") ? type.substring("fuse.".length()) : type);
    }
}
