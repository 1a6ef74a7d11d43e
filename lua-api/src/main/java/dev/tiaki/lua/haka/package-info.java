/**
 * Owns the {@code haka} module: rules, events, logging, alerts, policies, and the protocol modules
 * that rule files require. It must not know where captures come from nor where output goes.
 */
@NullMarked
package dev.tiaki.lua.haka;

import org.jspecify.annotations.NullMarked;
