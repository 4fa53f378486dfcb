/// Images on this host: pull, tag, push, import and what is kept of each layer.
@NullMarked
package dev.dray.engine;

import org.jspecify.annotations.NullMarked;
