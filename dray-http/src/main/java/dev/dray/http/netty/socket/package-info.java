/// Transports and Unix domain sockets.
@NullMarked
package dev.dray.http.netty.socket;

import org.jspecify.annotations.NullMarked;
