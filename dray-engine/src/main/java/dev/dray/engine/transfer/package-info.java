/// An image on its way: the walk over manifests, children and referrers that every source and every target shares.
@NullMarked
package dev.dray.engine.transfer;

import org.jspecify.annotations.NullMarked;
