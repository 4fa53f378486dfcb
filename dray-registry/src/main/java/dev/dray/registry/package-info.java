/// Being a registry: rules of repositories, uploads, mounts; access; the /v2/ routes.
@NullMarked
package dev.dray.registry;

import org.jspecify.annotations.NullMarked;
