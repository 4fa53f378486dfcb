"""Compresses what it is asked to: "LEVEL MEMLEVEL LENGTH" and the bytes; the reply is a length and a gzip file."""
import sys
import zlib

while line := sys.stdin.buffer.readline():
    level, memory, length = map(int, line.split())
    plain = sys.stdin.buffer.read(length)
    encoder = zlib.compressobj(level, 8, 31, memory)
    made = encoder.compress(plain) + encoder.flush()
    sys.stdout.buffer.write(b"%d\n" % len(made) + made)
    sys.stdout.buffer.flush()
