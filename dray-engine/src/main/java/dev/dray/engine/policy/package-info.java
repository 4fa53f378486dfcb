/// The storage policy: the form (blob, recipe, or both) that is required of each layer, and the work that applies
/// it.
///
/// ```
/// LayerPolicy, pins ─► RequiredForms ─┐
///                                     ├► PolicyApplier: split while the blob arrives ─► prove ─► drop the file
/// a blob that arrives or is stored ───┘
/// ```
///
/// [LayerState] is the state of one layer, [LayerChange] the step from one to the next; lists and reports are
/// made of these two.
@NullMarked
package dev.dray.engine.policy;

import org.jspecify.annotations.NullMarked;
