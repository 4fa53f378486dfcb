/// Brings images and layers into the store: pulled, adopted, imported from tars, or built on another image.
@NullMarked
package dev.dray.engine.intake;

import org.jspecify.annotations.NullMarked;
