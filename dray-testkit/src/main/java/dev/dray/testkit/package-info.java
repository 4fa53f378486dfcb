/// Random and golden images, a scripted HTTP server, an image validator.
@NullMarked
package dev.dray.testkit;

import org.jspecify.annotations.NullMarked;
