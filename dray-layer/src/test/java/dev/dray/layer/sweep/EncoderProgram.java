package dev.dray.layer.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/// A running program that compresses what it is asked to: a line with words and, last, a length, then the bytes; it
/// answers with a line with a length, then the bytes. Not thread safe.
final class EncoderProgram implements AutoCloseable {
    private final Process process;
    private final OutputStream requests;
    private final InputStream replies;

    EncoderProgram(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        requests = process.getOutputStream();
        replies = new BufferedInputStream(process.getInputStream());
    }

    /// One of the ways in which it compresses.
    Maker maker(String name, String words) {
        return new Asked(name, this, words);
    }

    private record Asked(String name, EncoderProgram program, String words) implements Maker {
        @Override
        public byte[] gzip(byte[] plain) throws IOException {
            return program.ask(words, plain);
        }
    }

    private byte[] ask(String words, byte[] plain) throws IOException {
        requests.write("%s %d\n".formatted(words, plain.length).getBytes(UTF_8));
        requests.write(plain);
        requests.flush();
        StringBuilder length = new StringBuilder();
        for (int next = replies.read(); next != '\n'; next = replies.read()) {
            if (next < 0) {
                throw new IOException("the encoder ended");
            }
            length.append((char) next);
        }
        byte[] made = new byte[Integer.parseInt(length.toString())];
        new DataInputStream(replies).readFully(made);
        return made;
    }

    @Override
    public void close() throws IOException {
        requests.close();
        process.destroy();
    }
}
