package dev.tiaki.lua.compile;

/** How chunks run. */
public enum LuaEngine {
  /** Compiled to Java classes; a chunk that no class can hold is interpreted. The default. */
  COMPILED,
  /** Always interpreted: three to five times slower; for comparing both. */
  INTERPRETED
}
