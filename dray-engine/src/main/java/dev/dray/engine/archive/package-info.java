/// Images in folders and files: OCI image layouts, docker-archives. Only bytes and names; what a store or a registry
/// does with them is said elsewhere.
@NullMarked
package dev.dray.engine.archive;

import org.jspecify.annotations.NullMarked;
