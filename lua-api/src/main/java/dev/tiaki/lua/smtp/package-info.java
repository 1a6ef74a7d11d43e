/** Owns SMTP as Lua sees it. It must not know rules, nor how they are called. */
@NullMarked
package dev.tiaki.lua.smtp;

import org.jspecify.annotations.NullMarked;
