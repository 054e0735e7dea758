/// When to do things and how hard: asking nodes for news, looking through folders, limits by the hour of the week, sparing
/// a battery. Values and rules, pure; they take time as a parameter and are obeyed elsewhere.
@NullMarked
package org.stratobox.sync.pace;

import org.jspecify.annotations.NullMarked;
