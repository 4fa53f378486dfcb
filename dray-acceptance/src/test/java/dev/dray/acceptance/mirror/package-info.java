/// A host that serves the images it has pulled.
@NullMarked
package dev.dray.acceptance.mirror;

import org.jspecify.annotations.NullMarked;
