/// Where sealed objects live: envelopes are put into packs, packs are cut into shares, shares go to nodes in different
/// failure domains, and come back (`mesh.md` 1.8, 4; `format.md` 3.4).
///
/// Flow: [org.stratobox.sync.pack.PackBuilder] -> [org.stratobox.sync.pack.FinishedPack] ->
/// [org.stratobox.sync.pack.MeshStore] -> nodes; back by [org.stratobox.sync.pack.MeshStore] and
/// [org.stratobox.sync.pack.PackReader]. What a pack means, which packs exist and when a debt is tried again belongs to
/// the layers above; how bytes get to a node belongs to `sync.mesh`.
@NullMarked
package org.stratobox.sync.pack;

import org.jspecify.annotations.NullMarked;
