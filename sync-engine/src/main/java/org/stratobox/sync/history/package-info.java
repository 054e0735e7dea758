/// Reading states of the account back from the mesh: sealed objects by their capability, the pack index, the entries of a
/// folder as one device or all devices together left it. Reading only; nothing here writes to a node or to a user's disk.
@NullMarked
package org.stratobox.sync.history;

import org.jspecify.annotations.NullMarked;
