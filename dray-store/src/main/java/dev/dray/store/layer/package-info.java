/// Layers of a store: split into contents and tar recipe, proven, and converted between their stored forms.
@NullMarked
package dev.dray.store.layer;

import org.jspecify.annotations.NullMarked;
