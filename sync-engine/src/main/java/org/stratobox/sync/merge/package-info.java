/// The merged state of a folder in the index: how a version made here enters it, and how the trees of other devices do
/// (`sync.md` 1 and 2). Bridges the pure rules of `reconcile` and the tables of `index`.
@NullMarked
package org.stratobox.sync.merge;

import org.jspecify.annotations.NullMarked;
