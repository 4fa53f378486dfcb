/// The catalog in SQLite, and all that only SQLite says: one writer with group commit, pooled readers, checkpoints on
/// a thread of their own, `PRAGMA`s, result codes.
@NullMarked
package dev.dray.store.sqlite;

import org.jspecify.annotations.NullMarked;
