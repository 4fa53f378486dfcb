#!/usr/bin/env python3
"""Makes the golden vectors of the zlib family with the real tools.

    zlib_vectors.py > ../resources/dev/dray/layer/deflate/zlib/vectors.txt
    zlib_vectors.py node NODE... > ../resources/dev/dray/layer/deflate/zlib/node-vectors.txt

The second takes commands of Node, each of which makes the vectors of one era.

Each line names an encoder, its level, a kind of input, and the SHA-256 of the raw deflate streams of all prefixes of
that input, of the sizes below, one behind the other. SampleInputs.java makes the same inputs.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import zlib

MASK = (1 << 64) - 1
LIMIT = 131_073
TAR_LIMIT = 1 << 20
SIZES = [0, 1, 2, 3, 16, 17, 127, 128, 4_096, 32_767, 32_768, 65_274, 65_275, 65_535, 65_536, 98_100, 131_071, 131_072,
         131_073, 262_144, 393_217, 1 << 20]


class Random:
    """SplitMix64."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)

    def below(self, bound):
        return (self.next() >> 33) % bound


def text(random, size):
    words = [bytes(97 + random.below(26) for _ in range(2 + random.below(8))) for _ in range(2000)]
    out = bytearray()
    while len(out) < size:
        out += words[random.below(1 + random.below(2000))]
        out += b"\n" if random.below(12) == 0 else b" "
    return bytes(out[:size])


def noise(random, size):
    out = bytearray()
    while len(out) < size:
        out += random.next().to_bytes(8, "little")
    return bytes(out[:size])


def zeros(random, size):
    return bytes(size)


def skewed(random, size):
    out = bytearray()
    while len(out) < size:
        value = random.next() | 256
        out.append((value & -value).bit_length() - 1)
    return bytes(out)


def machine_code(random, size):
    out = bytearray()
    while len(out) < size:
        if len(out) > 64 and random.below(5) == 0:
            start = len(out) - 1 - random.below(min(len(out), 40_000))
            for n in range(3 + random.below(40)):
                out.append(out[start + n])
        else:
            out += bytes([random.below(4), (0x48, 0x89, 0x0F, 0x8B)[random.below(4)], random.below(256)])
    return bytes(out[:size])


def sparse(random, size):
    out = bytearray()
    while len(out) < size:
        for _ in range(1 + random.below(30)):
            out.append(random.next() & 255)
        out += bytes(random.below(800))
    return bytes(out[:size])


def tar(random, size, parts):
    out = bytearray()
    while len(out) < size:
        length = random.below(1 + random.below(40_000))
        part = parts[random.below(len(parts))]
        start = random.below(60_000)
        name = b"usr/share/%d/file-%d" % (random.below(50), random.below(100_000))
        out += (name.ljust(100, b"\0") + b"0000644\0" * 3 + b"%011o\0" % length).ljust(512, b"\0")
        out += part[start:start + length] + bytes(-length % 512)
    return bytes(out[:size])


def inputs():
    makers = [text, noise, zeros, skewed, machine_code, sparse]
    made = {maker.__name__: maker(Random(seed), LIMIT) for seed, maker in enumerate(makers)}
    made["tar"] = tar(Random(len(makers)), TAR_LIMIT, list(made.values()))
    return made


def raw(command, plain):
    with tempfile.NamedTemporaryFile() as file:
        file.write(plain)
        file.flush()
        return subprocess.run([*command, "-n", "-c", file.name], check=True, stdout=subprocess.PIPE).stdout[10:-8]


def with_zlib(level, memory_level, plain):
    encoder = zlib.compressobj(level, zlib.DEFLATED, -15, memory_level)
    return encoder.compress(plain) + encoder.flush()


ENCODERS = {
    "zlib-8": lambda level, plain: with_zlib(level, 8, plain),
    "zlib-9": lambda level, plain: with_zlib(level, 9, plain),
    "gnu-gzip": lambda level, plain: raw(["gzip", f"-{level}"], plain),
    "gnu-gzip-rsyncable": lambda level, plain: raw(["gzip", f"-{level}", "--rsyncable"], plain),
    "pigz": lambda level, plain: raw(["pigz", f"-{level}", "-p", "2"], plain),
    "pigz-64": lambda level, plain: raw(["pigz", f"-{level}", "-p", "2", "-b", "64"], plain),
    "pigz-independent": lambda level, plain: raw(["pigz", f"-{level}", "-p", "2", "-i"], plain),
    "pigz-rsyncable": lambda level, plain: raw(["pigz", f"-{level}", "-p", "2", "-R"], plain),
    "pigz-rsyncable-independent-32": lambda level, plain: raw(["pigz", f"-{level}", "-p", "2", "-R", "-i", "-b", "32"], plain),
    "pigz-single": lambda level, plain: raw(["pigz", f"-{level}", "-p", "1", "-b", "64"], plain),
    "pigz-single-rsyncable": lambda level, plain: raw(["pigz", f"-{level}", "-p", "1", "-b", "64", "-R"], plain),
}


NODE = """
const zlib = require('zlib');
const plain = require('fs').readFileSync(0);
const sizes = JSON.parse(process.argv[1]).filter(size => size <= plain.length);
for (const memLevel of [8, 9]) {
    for (let level = 1; level <= 9; level++) {
        const digest = require('crypto').createHash('sha256');
        sizes.forEach(size => digest.update(zlib.deflateRawSync(plain.subarray(0, size), {level, memLevel})));
        console.log(memLevel, level, digest.digest('hex'));
    }
}
"""


def node_vectors(node, made):
    version = subprocess.run([node, "-p", "process.version"], check=True, stdout=subprocess.PIPE).stdout.decode().strip()
    print(f"# node {version}")
    for name, plain in made.items():
        command = [node, "-e", NODE, json.dumps(SIZES)]
        lines = subprocess.run(command, check=True, input=plain, stdout=subprocess.PIPE).stdout.decode().splitlines()
        for memory_level, level, digest in map(str.split, lines):
            print(f"node-{version[1:3]}-{memory_level} {level} {name} {digest}", flush=True)


def levels(encoder):
    """From level 4 on, one thread gives what many give."""
    return range(1, 4) if encoder.startswith("pigz-single") else range(1, 10)


def version(tool):
    done = subprocess.run([tool, "--version"], check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout.decode().splitlines()[0]


def main():
    made = inputs()
    if sys.argv[1:2] == ["node"]:
        for node in sys.argv[2:]:
            node_vectors(node, made)
        return
    print(f"# python {sys.version.split()[0]} with zlib {zlib.ZLIB_RUNTIME_VERSION}; {version('gzip')}; {version('pigz')}")
    for name, plain in made.items():
        print(f"input {len(plain)} {name} {hashlib.sha256(plain).hexdigest()}")
    for encoder, encode in ENCODERS.items():
        for level in levels(encoder):
            for name, plain in made.items():
                digest = hashlib.sha256()
                for size in SIZES:
                    if size <= len(plain):
                        digest.update(encode(level, plain[:size]))
                print(f"{encoder} {level} {name} {digest.hexdigest()}", flush=True)


if __name__ == "__main__":
    main()
