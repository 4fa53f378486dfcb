package dev.dray.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoding of URI parts (RFC 3986, section 2.1), strict.
final class Percent {

    private Percent() {}

    /// Decodes `encoded`.
    ///
    /// @throws IllegalArgumentException when an escape is broken, or the bytes are not UTF-8 or contain a NUL
    static String decode(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return encoded;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int at = 0; at < encoded.length(); at++) {
            char letter = encoded.charAt(at);
            if (letter != '%') {
                bytes.writeBytes(String.valueOf(letter).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            if (at + 2 >= encoded.length()) {
                throw new IllegalArgumentException("a percent escape is cut off");
            }
            int value = (hexDigit(encoded.charAt(at + 1)) << 4) | hexDigit(encoded.charAt(at + 2));
            if (value == 0) {
                throw new IllegalArgumentException("an escaped NUL is not allowed");
            }
            bytes.write(value);
            at += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("percent escapes do not decode to UTF-8", e);
        }
    }

    private static int hexDigit(char letter) {
        int value = letter < 128 ? Character.digit(letter, 16) : -1;
        if (value < 0) {
            throw new IllegalArgumentException("a percent escape is not two hex digits");
        }
        return value;
    }
}
