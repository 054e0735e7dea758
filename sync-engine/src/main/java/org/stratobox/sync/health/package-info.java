/// Is everything where it should be, and what mends it: packs on their nodes, the objects newest commits reach, and the
/// objects every node should have. Findings are in plain words; nothing here is ever called green without proof.
@NullMarked
package org.stratobox.sync.health;

import org.jspecify.annotations.NullMarked;
