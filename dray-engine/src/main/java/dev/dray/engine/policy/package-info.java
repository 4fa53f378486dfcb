/// The storage policy: as which form (blob, recipe, or both) each layer is stored, and the work that applies it.
///
/// ```
/// LayerPolicy, pins ─► RequiredForms ─┐
///                                     ├► PolicyApplier: split while the blob arrives ─► prove from disk ─► drop the
/// file
/// a blob that arrives or is stored ───┘
/// ```
///
/// [LayerFacts] holds the catalog's rows about one layer.
@NullMarked
package dev.dray.engine.policy;

import org.jspecify.annotations.NullMarked;
