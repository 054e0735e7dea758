package org.stratobox.sync.apply;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;

import org.stratobox.crypto.envelope.Sealer;

/// Where a folder is restored to.
///
/// @param target directory, made if absent; what is in it stays
/// @param day goes into the names of files that are put beside others
/// @param sealer seals in the folder's scope: tells whether a file that is there has the right bytes without fetching them;
///        without it, or where it cannot tell, they are fetched and compared
public record Destination(Path target, LocalDate day, Optional<Sealer> sealer) {}
