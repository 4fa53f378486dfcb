/// The catalog in SQLite: one writer with group commit, pooled readers, checkpoints on a thread of their own.
@NullMarked
package dev.dray.store.sqlite;

import org.jspecify.annotations.NullMarked;
