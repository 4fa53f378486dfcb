/// A host that serves what it has pulled.
@NullMarked
package dev.dray.acceptance.mirror;

import org.jspecify.annotations.NullMarked;
