/// A small HTTP server with a blocking face; the only module that sees Netty.
@NullMarked
package dev.dray.http;

import org.jspecify.annotations.NullMarked;
