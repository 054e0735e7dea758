/// The index over SQLite, on real files.
@NullMarked
package org.stratobox.sync.index.sqlite;

import org.jspecify.annotations.NullMarked;
