/// The deflate encoder of klauspost/compress, bit for bit: podman, buildah, skopeo, CRI-O, umoci and apko compress
/// layers with it, in the frame of pgzip, and `compress/flate` of Go 1.27 and later is the same encoder.
///
/// [KlauspostEra] is the way in. Its `pgzip` gives the blocks of a pgzip stream: level 5 and 1 MiB by podman, buildah
/// and skopeo, 256 KiB by umoci up to 0.4.7; `stream` gives a single stream: Go, level 6 by default. Both give raw
/// deflate. For a recipe the family is [KlauspostEra#FAMILY], with [KlauspostEra#label] and [KlauspostEra#revision].
///
/// ```
/// bytes ─► Engine ─► ChunkCoder (levels -2 to 6) ─► ChunkParser ─► Tokens ─► BlockWriter ─► BitWriter
///                └─► LazyEngine (levels 7 to 9) ───────────────────┘
/// ```
///
/// Its package-merge and its run lengths are written beside those of the package for Go, which are the same today: each
/// is frozen for itself, so that mending one can never change the bytes of the other.
///
/// Parsers differ by level, the block writer is shared, and what an era changed is an entry of [EraRules]. Nothing in
/// here depends on the sizes of writes, threads, time or hash order. Floating point is used in one place, for an
/// estimate whose rounding is part of the format ([Entropy]).
@NullMarked
package dev.dray.layer.deflate.klauspost;

import org.jspecify.annotations.NullMarked;
