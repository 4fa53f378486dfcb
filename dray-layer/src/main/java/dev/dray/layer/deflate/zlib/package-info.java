/// zlib, the fork of it that Node has built in, GNU gzip and pigz, bit for bit.
///
/// They share how matches are found, but for the hash functions of Node, and differ in where blocks end, how the last
/// bytes are parsed and how blocks are framed:
///
/// ```
/// ZlibEncoders ─┬─ zlib, gnuGzip,
///               │  node ─────────── StreamEncoder ─────────────────────┐
///               ├─ pigz ─────────── PigzEncoder, a BlockEncoder ───────┤
///               ├─ pigzSingle ───── SinglePigzEncoder on PigzEncoder ──┤
///               └─ pigzRsyncable ── RsyncablePigzEncoder               │
///                                   on RsyncableSplitter, PigzEncoder ─┤
///    Parser (FastParser 1-3, LazyParser 4-9) over SlidingWindow ◄──────┘
///       └ Tokens ── BlockEnd: when a block ends ── BlockWriter: in which form ── HuffmanCode, CodeLengths
/// ```
///
/// A recipe names an encoder by [ZlibFamily] and these parameters:
///
/// | family      | level | memory level | block size | dictionary     | rsyncable | encoder |
/// |-------------|-------|--------------|------------|----------------|-----------|---------|
/// | zlib        | 0-9   | 8 or 9       | 0          | 0              | no        | [ZlibEncoders#zlib] |
/// | node        | 1-9   | 8 or 9       | 0          | 0              | no        | [ZlibEncoders#node] |
/// | gnu-gzip    | 1-9   | 8            | 0          | 0              | yes or no | [ZlibEncoders#gnuGzip] |
/// | pigz        | 1-9   | 0            | `-b`       | 32 KiB, `-i` 0 | no        | [ZlibEncoders#pigz] |
/// | pigz        | 1-9   | 0            | `-b`       | 32 KiB, `-i` 0 | yes       | [ZlibEncoders#pigzRsyncable] |
/// | pigz-single | 1-3   | 0            | `-b`       | 32 KiB, `-i` 0 | yes or no | [ZlibEncoders#pigzSingle] |
///
/// An encoder of [ZlibEncoders#pigz] is used by one thread at a time: create one for each.
///
/// Marks in a stream: matches of three bytes, none farther than 32,506; each code of a dynamic block has two symbols at
/// least. Then blocks of at most 16,383 tokens are zlib's (32,767 with memory level 9) and of 32,767 GNU gzip's, while
/// pigz ends a block on a byte, with empty blocks behind it where need be, after each 128 KiB.
///
/// Output that depends on how a tool was fed is fixed here as if the input came at once. For zlib and GNU gzip the
/// same comes out as long as all writes but the last are multiples of 512 bytes, which the writers of tar files see
/// to; other writes matter, if ever, where a match of exactly 32,506 bytes back meets the edge of the window. Level 0
/// of zlib does depend on its writes.
@NullMarked
package dev.dray.layer.deflate.zlib;

import org.jspecify.annotations.NullMarked;
