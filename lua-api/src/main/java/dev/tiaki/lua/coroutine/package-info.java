/**
 * Owns coroutines: functions that can stop in the middle and go on later, on one thread. It must
 * not know who resumes them or why.
 */
@NullMarked
package dev.tiaki.lua.coroutine;

import org.jspecify.annotations.NullMarked;
