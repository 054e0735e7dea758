/// Collecting packs that nobody needs any more, without locks (`format.md` 3.10): the rules, and what is reachable. Decides;
/// the engine's `Collector` asks nodes and deletes.
@org.jspecify.annotations.NullMarked
package org.stratobox.sync.collect;
