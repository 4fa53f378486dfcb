/// The values of the field, immutable and over raw bytes, and the faces that every place of images has.
@NullMarked
package dev.dray.model;

import org.jspecify.annotations.NullMarked;
