/// `dray adopt`: original layers from the stores of Docker and podman on this host.
@NullMarked
package dev.dray.cli.adopt;

import org.jspecify.annotations.NullMarked;
