/// The encoder of Go's `compress/flate` from Go 1.8 to 1.26, all levels, bit for bit.
@NullMarked
package dev.dray.layer.deflate.go;

import org.jspecify.annotations.NullMarked;
