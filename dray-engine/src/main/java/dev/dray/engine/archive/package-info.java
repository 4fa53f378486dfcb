/// Images in folders and files: OCI image layouts.
@NullMarked
package dev.dray.engine.archive;

import org.jspecify.annotations.NullMarked;
