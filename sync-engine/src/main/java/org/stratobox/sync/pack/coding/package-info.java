/// Erasure coding of packs (`mesh.md` 4.3): the field GF(2^8), systematic Cauchy Reed-Solomon over a contiguous layout,
/// and Merkle trees over shares. Pure computing: no nodes, no I/O, no threads.
@NullMarked
package org.stratobox.sync.pack.coding;

import org.jspecify.annotations.NullMarked;
