package dev.dray.http.netty;

import dev.dray.http.Exchange;
import dev.dray.http.Limits;
import io.netty.buffer.ByteBuf;

/// Scans the raw bytes of a request head before the parser sees them, and admits only complete and strict heads.
///
/// Servers and proxies disagree about lenient heads, and every disagreement is a way to smuggle a request past one of
/// them. So this rejects deviations that RFC 9112 lets a recipient forgive: a line feed without carriage return and the
/// reverse, folded fields, blanks before a colon, control characters. The parser behind it is the second line of
/// defence.
///
/// One per connection, used on its event loop; keeps its position between calls as bytes arrive.
final class HeadScanner {
    private static final byte TLS_HANDSHAKE = 22;

    private final Limits limits;
    private int scanned;
    private int lineStart;
    private int fieldsStart;
    private boolean afterReturn;
    private boolean inFields;

    HeadScanner(Limits limits) {
        this.limits = limits;
    }

    /// Prepares for the next head.
    void reset() {
        scanned = 0;
        lineStart = 0;
        fieldsStart = 0;
        afterReturn = false;
        inFields = false;
    }

    /// Continues at the previous position. The head begins at the reader index.
    ///
    /// @return whether the head is complete
    boolean scan(ByteBuf in) throws Refused {
        int base = in.readerIndex();
        int readable = in.readableBytes();
        while (scanned < readable) {
            byte octet = in.getByte(base + scanned);
            if (scanned == 0 && octet == TLS_HANDSHAKE) {
                throw new Refused(400, Exchange.TLS_GREETING);
            }
            scanned++;
            if (octet == '\n') {
                if (!afterReturn) {
                    throw new Refused(400, "a line feed without a carriage return before it");
                }
                afterReturn = false;
                if (endLine(in, base + lineStart, scanned - 2 - lineStart)) {
                    return true;
                }
                lineStart = scanned;
            } else if (afterReturn) {
                throw new Refused(400, "a carriage return without a line feed behind it");
            } else if (octet == '\r') {
                afterReturn = true;
            } else if ((octet >= 0 && octet < ' ' && octet != '\t') || octet == 0x7f) {
                throw new Refused(400, "a control character in the request head");
            }
            checkLimits();
        }
        return false;
    }

    private void checkLimits() throws Refused {
        if (inFields) {
            if (scanned - fieldsStart > limits.headerBytes()) {
                throw new Refused(431, "the header fields exceed " + limits.headerBytes() + " bytes");
            }
        } else if (scanned > limits.requestLineBytes()) {
            throw new Refused(414, "the request line exceeds " + limits.requestLineBytes() + " bytes");
        }
    }

    private boolean endLine(ByteBuf in, int start, int length) throws Refused {
        if (inFields) {
            if (length == 0) {
                return true;
            }
            checkField(in, start, length);
        } else if (length > 0) {
            checkRequestLine(in, start, length);
            inFields = true;
            fieldsStart = scanned;
        }
        return false;
    }

    private static void checkRequestLine(ByteBuf in, int start, int length) throws Refused {
        int blanks = 0;
        byte previous = ' ';
        for (int at = start; at < start + length; at++) {
            byte octet = in.getByte(at);
            if (octet == '\t' || octet < 0 || (octet == ' ' && previous == ' ')) {
                throw new Refused(400, "a malformed request line");
            }
            if (octet == ' ') {
                blanks++;
            }
            previous = octet;
        }
        if (blanks != 2 || previous == ' ') {
            throw new Refused(400, "a malformed request line");
        }
    }

    private static void checkField(ByteBuf in, int start, int length) throws Refused {
        byte first = in.getByte(start);
        if (first == ' ' || first == '\t') {
            throw new Refused(400, "a folded header field");
        }
        int colon = in.indexOf(start, start + length, (byte) ':');
        if (colon <= start) {
            throw new Refused(400, "a header field without a name or a colon");
        }
        byte before = in.getByte(colon - 1);
        if (before == ' ' || before == '\t') {
            throw new Refused(400, "a blank between a header field's name and its colon");
        }
    }
}
