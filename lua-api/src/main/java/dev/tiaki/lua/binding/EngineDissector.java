package dev.tiaki.lua.binding;

/** Marks what stands in {@code haka.dissectors} for a dissector of the engine, not of Lua. */
public interface EngineDissector {}
