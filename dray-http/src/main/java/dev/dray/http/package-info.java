/// A small HTTP server with a blocking API; the only module that depends on Netty.
@NullMarked
package dev.dray.http;

import org.jspecify.annotations.NullMarked;
