@org.jspecify.annotations.NullMarked
package org.stratobox.sync.collect;
