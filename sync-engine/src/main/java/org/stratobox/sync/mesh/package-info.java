/// The mesh: the [org.stratobox.sync.mesh.MeshNode] port behind which every storage engine looks alike, and what is built
/// on it. A node is dumb: it keeps named byte strings and never sees a key. Adapters live in sub-packages and are named
/// only by the composition root.
@NullMarked
package org.stratobox.sync.mesh;

import org.jspecify.annotations.NullMarked;
