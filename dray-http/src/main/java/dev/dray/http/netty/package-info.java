/// The server on Netty. [dev.dray.http.netty.NettyHttpServer] is the way in; no type of Netty leaves this
/// package.
@NullMarked
package dev.dray.http.netty;

import org.jspecify.annotations.NullMarked;
