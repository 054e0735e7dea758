/// Cutting a file into chunks (`format.md` 3.5): at places that only the holder of the folder's secret can predict, so that
/// an insertion moves few cuts and the sizes of the chunks identify no known file; or every 1,048,476 bytes.
@NullMarked
package org.stratobox.crypto.chunking;

import org.jspecify.annotations.NullMarked;
