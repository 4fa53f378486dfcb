package dev.dray.http.netty;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Supplies the bytes of a reply that is copied.
@FunctionalInterface
interface PieceSource {

    /// Appends up to `most` bytes to `piece`.
    ///
    /// @return how many, -1 at the end
    int read(ByteBuf piece, int most) throws IOException;

    /// Reads from `stream`.
    static PieceSource of(InputStream stream) {
        byte[] bytes = new byte[OutboundPump.PIECE_BYTES];
        return (piece, most) -> {
            int count = stream.readNBytes(bytes, 0, most);
            piece.writeBytes(bytes, 0, count);
            return count == 0 ? -1 : count;
        };
    }

    /// Reads `file` from `offset` on.
    static PieceSource of(FileChannel file, long offset) {
        return new PieceSource() {
            private long position = offset;

            @Override
            public int read(ByteBuf piece, int most) throws IOException {
                ByteBuffer target = piece.nioBuffer(piece.writerIndex(), most);
                int count = file.read(target, position);
                if (count > 0) {
                    position += count;
                    piece.writerIndex(piece.writerIndex() + count);
                }
                return count;
            }
        };
    }
}
