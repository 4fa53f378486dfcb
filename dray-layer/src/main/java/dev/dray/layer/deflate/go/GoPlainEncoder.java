package dev.dray.layer.deflate.go;

import dev.dray.layer.deflate.BitWriter;
import dev.dray.layer.deflate.DeflateAlphabet;
import dev.dray.layer.deflate.DeflateEncoder;
import java.io.IOException;
import java.io.OutputStream;

/// The levels without matches: blocks of 65,535 bytes, stored (level 0) or Huffman coded (level -2).
final class GoPlainEncoder implements DeflateEncoder {
    private final GoBlockWriter writer;
    private final boolean huffman;
    private final byte[] block = new byte[DeflateAlphabet.MAX_STORED];
    private int filled;

    GoPlainEncoder(boolean huffman, OutputStream out) {
        this.huffman = huffman;
        this.writer = new GoBlockWriter(new BitWriter(out));
    }

    @Override
    public void write(byte[] plain, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, block.length - filled);
            System.arraycopy(plain, offset + done, block, filled, part);
            filled += part;
            done += part;
            if (filled == block.length) {
                writeBlock();
            }
        }
    }

    @Override
    public void finish() throws IOException {
        if (filled > 0) {
            writeBlock();
        }
        writer.end();
    }

    private void writeBlock() throws IOException {
        if (huffman) {
            writer.literalsUnlessStored(block, 0, filled);
        } else {
            writer.stored(block, 0, filled);
        }
        filled = 0;
    }
}
