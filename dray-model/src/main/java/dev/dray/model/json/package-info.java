/// A small JSON reader and printer with limits; numbers keep their literal, members their order.
@NullMarked
package dev.dray.model.json;

import org.jspecify.annotations.NullMarked;
