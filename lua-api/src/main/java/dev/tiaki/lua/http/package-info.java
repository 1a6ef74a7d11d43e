/**
 * Owns HTTP as Lua sees it: connections, messages, headers, request targets and cookies. It must
 * not know rules, nor how they are called.
 */
@NullMarked
package dev.tiaki.lua.http;

import org.jspecify.annotations.NullMarked;
