/// OCI image layouts, in a folder or inside a tar: reading, writing, and the index of names.
@NullMarked
package dev.dray.engine.archive.layout;

import org.jspecify.annotations.NullMarked;
