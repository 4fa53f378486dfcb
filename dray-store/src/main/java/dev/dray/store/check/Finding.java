package dev.dray.store.check;

import dev.dray.model.Digest;
import dev.dray.model.RepositoryName;
import java.util.List;

/// Something that is not as it should be.
///
/// @param subject a digest, or a path below the store
/// @param what for people, one line
/// @param repaired whether it is as it should be now
/// @param images those that suffer, as long as it is not
public record Finding(Kind kind, String subject, String what, boolean repaired, List<Sufferer> images) {
    public Finding {
        images = List.copyOf(images);
    }

    /// The subject of a finding.
    public enum Kind {
        DATABASE,
        BLOB,
        MANIFEST,
        LINK,
        PACK,
        CONTENT,
        LAYER,
        FILE
    }

    /// A manifest that cannot be given in full.
    public record Sufferer(RepositoryName repository, Digest manifest) {
        @Override
        public String toString() {
            return repository + "@" + manifest;
        }
    }
}
