/// The only place that makes threads, and the words for time that passes: executors, monotonic ticks and
/// cancelling. Real clocks are given by the composition root. No product logic belongs here.
@NullMarked
package org.stratobox.sync.task;

import org.jspecify.annotations.NullMarked;
