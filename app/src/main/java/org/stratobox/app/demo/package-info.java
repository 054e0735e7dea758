/// File trees for the demonstration: samples, a faithful copy, a comparison of everything, removal. Knows no engine.
@NullMarked
package org.stratobox.app.demo;

import org.jspecify.annotations.NullMarked;
