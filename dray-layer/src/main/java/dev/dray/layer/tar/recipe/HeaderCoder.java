package dev.dray.layer.tar.recipe;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Writes and reads headers as what differs from a prediction.
///
/// A header is predicted from the last one of its type, its time from the last header, its name from the last name. The
/// bits of what is not as predicted go into the shape of the operation, the values into columns. A header that
/// [HeaderFields] cannot parse goes whole into [Column#LITERAL]. Coder and decoder keep the same predictions; one
/// coder does one recipe, in one direction. Not thread safe.
final class HeaderCoder {
    private static final int LINK = 1;
    private static final int MODE = 1 << 1;
    private static final int OWNER = 1 << 2;
    private static final int SIZE = 1 << 3;
    private static final int TIME = 1 << 4;
    private static final int STYLES = 1 << 5;
    private static final int MAGIC = 1 << 6;
    private static final int DEVICE = 1 << 7;
    private static final int REST = 1 << 8;
    private static final int CHECKSUM = 1 << 9;
    private static final int WHOLE = 1 << 10;

    /// The bits of a shape that this class holds.
    static final int BITS = 11;

    private static final int LONGEST_NAME = TarBlock.Field.NAME.length();
    private static final int LONGEST_OWNER = TarBlock.Field.UNAME.length();
    private static final int REST_LENGTH = TarBlock.Field.REST.length();

    /// A header as it was coded or decoded.
    ///
    /// @param bits what was not as predicted
    /// @param type the type flag, as it stands in the shape
    /// @param size what it says is behind it, -1 when the header went whole
    record Coded(int bits, char type, long size) {}

    private final Map<Character, HeaderFields> lastOfType = new HashMap<>();
    private final Map<Character, byte[]> lastNames = new HashMap<>();
    private final RecentTimes times = new RecentTimes();
    private HeaderFields last = HeaderFields.initial('0');

    /// Codes a block into the columns.
    Coded write(byte[] block, EnumMap<Column, ColumnWriter> columns) {
        char type = TarBlock.type(block);
        Optional<HeaderFields> parsed = HeaderFields.parse(block);
        if (parsed.isEmpty()) {
            Column.LITERAL.of(columns).put(block, 0, block.length);
            return new Coded(WHOLE, type, -1);
        }
        HeaderFields fields = parsed.get();
        HeaderFields predicted = predicted(type);
        int bits = differences(fields, predicted);
        writeTexts(fields, bits, columns);
        writeNumbers(fields, bits, columns);
        remember(fields);
        return new Coded(bits, type, fields.values()[HeaderFields.SIZE]);
    }

    private int differences(HeaderFields fields, HeaderFields predicted) {
        long[] values = fields.values();
        long[] expected = predicted.values();
        int bits = 0;
        bits |= Arrays.equals(fields.link(), predicted.link()) ? 0 : LINK;
        bits |= values[HeaderFields.MODE] == expected[HeaderFields.MODE] ? 0 : MODE;
        bits |= hasOwnerOf(fields, predicted) ? 0 : OWNER;
        bits |= values[HeaderFields.SIZE] == expected[HeaderFields.SIZE] ? 0 : SIZE;
        bits |= values[HeaderFields.MTIME] == last.values()[HeaderFields.MTIME] ? 0 : TIME;
        bits |= Arrays.equals(fields.styles(), predicted.styles()) ? 0 : STYLES;
        bits |= Arrays.equals(fields.magic(), predicted.magic()) ? 0 : MAGIC;
        bits |= values[HeaderFields.DEVICE_MAJOR] == expected[HeaderFields.DEVICE_MAJOR]
                        && values[HeaderFields.DEVICE_MINOR] == expected[HeaderFields.DEVICE_MINOR]
                ? 0
                : DEVICE;
        bits |= Arrays.equals(fields.rest(), predicted.rest()) ? 0 : REST;
        bits |= fields.checksumError() == 0 ? 0 : CHECKSUM;
        return bits;
    }

    private static boolean hasOwnerOf(HeaderFields fields, HeaderFields other) {
        return fields.values()[HeaderFields.UID] == other.values()[HeaderFields.UID]
                && fields.values()[HeaderFields.GID] == other.values()[HeaderFields.GID]
                && Arrays.equals(fields.user(), other.user())
                && Arrays.equals(fields.group(), other.group());
    }

    private void writeTexts(HeaderFields fields, int bits, EnumMap<Column, ColumnWriter> columns) {
        ColumnWriter text = Column.TEXT.of(columns);
        byte[] lastName = lastName(fields.type());
        int mismatch = Arrays.mismatch(fields.name(), lastName);
        int shared = mismatch < 0 ? lastName.length : mismatch;
        Column.SHARED.of(columns).put(shared);
        text.putText(fields.name(), shared);
        if ((bits & LINK) != 0) {
            text.putText(fields.link(), 0);
        }
        if ((bits & OWNER) != 0) {
            text.putText(fields.user(), 0);
            text.putText(fields.group(), 0);
        }
        ColumnWriter odd = Column.ODD.of(columns);
        if ((bits & MAGIC) != 0) {
            odd.put(fields.magic(), 0, fields.magic().length);
        }
        if ((bits & REST) != 0) {
            odd.put(fields.rest().length);
            Column.LITERAL.of(columns).put(fields.rest(), 0, fields.rest().length);
        }
    }

    private void writeNumbers(HeaderFields fields, int bits, EnumMap<Column, ColumnWriter> columns) {
        long[] values = fields.values();
        if ((bits & MODE) != 0) {
            Column.MODE.of(columns).putVarint(values[HeaderFields.MODE]);
        }
        if ((bits & OWNER) != 0) {
            Column.OWNER.of(columns).putVarint(values[HeaderFields.UID]);
            Column.OWNER.of(columns).putVarint(values[HeaderFields.GID]);
        }
        if ((bits & SIZE) != 0) {
            Column.SIZE.of(columns).putVarint(values[HeaderFields.SIZE]);
        }
        if ((bits & TIME) != 0) {
            times.write(values[HeaderFields.MTIME], Column.RECENT.of(columns), Column.TIME.of(columns));
        }
        ColumnWriter odd = Column.ODD.of(columns);
        if ((bits & STYLES) != 0) {
            odd.put(fields.styles(), 0, fields.styles().length);
        }
        if ((bits & DEVICE) != 0) {
            odd.putVarint(values[HeaderFields.DEVICE_MAJOR]);
            odd.putVarint(values[HeaderFields.DEVICE_MINOR]);
        }
        if ((bits & CHECKSUM) != 0) {
            odd.putSigned(fields.checksumError());
        }
    }

    /// Decodes a header.
    ///
    /// @param block is filled
    /// @return what it says is behind it, -1 when the header came whole
    long read(int bits, char type, EnumMap<Column, ColumnReader> columns, byte[] block) {
        if ((bits & WHOLE) != 0) {
            System.arraycopy(Column.LITERAL.of(columns).next(TarBlock.SIZE), 0, block, 0, TarBlock.SIZE);
            return -1;
        }
        HeaderFields fields = readFields(bits, type, predicted(type), columns);
        Arrays.fill(block, (byte) 0);
        if (!fields.write(block)) {
            throw RecipeFormat.corrupt("a number does not fit its field");
        }
        remember(fields);
        return fields.values()[HeaderFields.SIZE];
    }

    private HeaderFields readFields(
            int bits, char type, HeaderFields predicted, EnumMap<Column, ColumnReader> columns) {
        ColumnReader text = Column.TEXT.of(columns);
        ColumnReader odd = Column.ODD.of(columns);
        byte[] none = {};
        byte[] name = text.nextText(lastName(type), Column.SHARED.of(columns).next(), LONGEST_NAME);
        byte[] link = (bits & LINK) == 0 ? predicted.link() : text.nextText(none, 0, LONGEST_NAME);
        byte[] user = (bits & OWNER) == 0 ? predicted.user() : text.nextText(none, 0, LONGEST_OWNER);
        byte[] group = (bits & OWNER) == 0 ? predicted.group() : text.nextText(none, 0, LONGEST_OWNER);
        byte[] magic = (bits & MAGIC) == 0 ? predicted.magic() : odd.next(predicted.magic().length);
        byte[] rest = (bits & REST) == 0 ? predicted.rest() : readRest(columns);
        long[] values = readValues(bits, predicted, columns);
        byte[] styles = (bits & STYLES) == 0 ? predicted.styles() : readStyles(odd);
        if ((bits & DEVICE) != 0) {
            values[HeaderFields.DEVICE_MAJOR] = odd.nextCount();
            values[HeaderFields.DEVICE_MINOR] = odd.nextCount();
        }
        long checksumError = (bits & CHECKSUM) == 0 ? 0 : odd.nextSigned();
        return new HeaderFields(type, values, styles, checksumError, name, link, magic, user, group, rest);
    }

    private static byte[] readRest(EnumMap<Column, ColumnReader> columns) {
        int length = Column.ODD.of(columns).next();
        if (length > REST_LENGTH) {
            throw RecipeFormat.corrupt("a header is too long");
        }
        return Column.LITERAL.of(columns).next(length);
    }

    private long[] readValues(int bits, HeaderFields predicted, EnumMap<Column, ColumnReader> columns) {
        long[] values = predicted.values().clone();
        if ((bits & MODE) != 0) {
            values[HeaderFields.MODE] = Column.MODE.of(columns).nextCount();
        }
        if ((bits & OWNER) != 0) {
            values[HeaderFields.UID] = Column.OWNER.of(columns).nextCount();
            values[HeaderFields.GID] = Column.OWNER.of(columns).nextCount();
        }
        if ((bits & SIZE) != 0) {
            values[HeaderFields.SIZE] = Column.SIZE.of(columns).nextCount();
        }
        values[HeaderFields.MTIME] = (bits & TIME) == 0
                ? last.values()[HeaderFields.MTIME]
                : times.read(Column.RECENT.of(columns), Column.TIME.of(columns));
        return values;
    }

    private static byte[] readStyles(ColumnReader odd) {
        byte[] styles = odd.next(HeaderFields.initial('0').styles().length);
        for (byte style : styles) {
            if (!NumberStyle.isKnown(style)) {
                throw RecipeFormat.corrupt("unknown style of a number " + style);
            }
        }
        return styles;
    }

    private HeaderFields predicted(char type) {
        HeaderFields sameType = lastOfType.get(type);
        return sameType == null ? last.as(type) : sameType;
    }

    private byte[] lastName(char type) {
        return lastNames.getOrDefault(nameClass(type), new byte[0]);
    }

    private void remember(HeaderFields fields) {
        last = fields;
        lastOfType.put(fields.type(), fields);
        lastNames.put(nameClass(fields.type()), fields.name());
    }

    /// Headers that describe the next one have names of their own sort.
    private static char nameClass(char type) {
        return switch (type) {
            case 'x', 'X', 'g', 'L', 'K' -> type;
            default -> '0';
        };
    }
}
