/// The store's only way to the disk: file operations behind one small interface, and the locks that tell which
/// processes live.
@NullMarked
package dev.dray.store.filesystem;

import org.jspecify.annotations.NullMarked;
