/// The registry: repositories, uploads, mounts, lists, access, and the `/v2/` routes.
@NullMarked
package dev.dray.registry;

import org.jspecify.annotations.NullMarked;
