/// Layers unpacked by Docker and podman, restored under their original digests.
@NullMarked
package dev.dray.acceptance.adopt;

import org.jspecify.annotations.NullMarked;
