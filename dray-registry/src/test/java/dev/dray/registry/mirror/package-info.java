/// A host that serves what it has pulled.
@NullMarked
package dev.dray.registry.mirror;

import org.jspecify.annotations.NullMarked;
