/// `dray layers`: what the store keeps of each layer, and the policy behind it.
@NullMarked
package dev.dray.cli.layers;

import org.jspecify.annotations.NullMarked;
