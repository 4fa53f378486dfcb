/// The server on Netty. [dev.dray.http.netty.NettyHttpServer] is the entry point; no type of Netty leaves this package.
@NullMarked
package dev.dray.http.netty;

import org.jspecify.annotations.NullMarked;
