package dev.dray.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/// Copies a body piece by piece to a channel as fast as the client takes it. Runs on a thread that may block.
final class OutboundPump {
    static final int PIECE_BYTES = 128 << 10;
    private static final int PIECES_UNDER_WAY = 4;

    private final Channel channel;
    private final OpenExchange exchange;
    private final Connection connection;
    private final Semaphore window;
    private volatile boolean broken;

    /// @param crowded whether one piece at a time has to do
    OutboundPump(Channel channel, OpenExchange exchange, Connection connection, boolean crowded) {
        this.channel = channel;
        this.exchange = exchange;
        this.connection = connection;
        this.window = new Semaphore(crowded ? 1 : PIECES_UNDER_WAY);
    }

    /// Sends `length` bytes of `source`; returns early when the client is gone.
    ///
    /// @throws IOException when the source fails or ends early
    void run(PieceSource source, long length) throws IOException {
        long left = length;
        while (left > 0) {
            acquire();
            if (broken) {
                return;
            }
            ByteBuf piece = channel.alloc().directBuffer(PIECE_BYTES);
            int count = read(source, piece, (int) Math.min(left, PIECE_BYTES));
            if (count <= 0) {
                piece.release();
                throw new IOException("the body ended " + left + " bytes early");
            }
            left -= count;
            send(piece, left == 0);
        }
    }

    private static int read(PieceSource source, ByteBuf piece, int most) throws IOException {
        try {
            return source.read(piece, most);
        } catch (IOException | RuntimeException e) {
            piece.release();
            throw e;
        }
    }

    private void send(ByteBuf piece, boolean last) {
        int count = piece.readableBytes();
        channel.writeAndFlush(piece).addListener(sent -> {
            if (sent.isSuccess()) {
                exchange.wrote(count);
                connection.progressed(count);
            } else {
                broken = true;
            }
            window.release();
            if (last || broken) {
                connection.replied(exchange, sent.isSuccess());
            }
        });
    }

    private void acquire() throws IOException {
        try {
            window.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while sending a reply");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
