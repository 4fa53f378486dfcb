/// Reads the stores of Docker and of containers/storage on this host, without changing them.
@NullMarked
package dev.dray.engine.adopt.host;

import org.jspecify.annotations.NullMarked;
