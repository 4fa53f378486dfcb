/// What the store keeps of layers: their compressed blobs, recipes to make those again, or both; and the work that
/// brings a store to it.
///
/// ```
/// KeepPolicy, pins ─► KeepWishes ─┐
///                                 ├► LayerKeeper: split while it comes ─► prove from the disk ─► drop the file
/// a blob that comes, or is there ─┘
/// ```
///
/// [LayerFacts] is what is known of one layer, [DiskUse] adds up what layers take.
@NullMarked
package dev.dray.engine.keep;

import org.jspecify.annotations.NullMarked;
