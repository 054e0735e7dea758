/// The index as one SQLite file: the only place with SQL. Write-ahead log, STRICT tables, numbered schema files whose
/// highest number is the version of the file.
@NullMarked
package org.stratobox.sync.index.sqlite;

import org.jspecify.annotations.NullMarked;
