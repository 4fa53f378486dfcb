/// What Docker and podman unpacked, given back under its original digests.
@NullMarked
package dev.dray.acceptance.adopt;

import org.jspecify.annotations.NullMarked;
