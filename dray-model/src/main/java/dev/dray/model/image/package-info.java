/// Images as values over raw bytes: descriptors, manifests, indexes, configs, platforms, and the interfaces of every
/// source and sink of images.
@NullMarked
package dev.dray.model.image;

import org.jspecify.annotations.NullMarked;
