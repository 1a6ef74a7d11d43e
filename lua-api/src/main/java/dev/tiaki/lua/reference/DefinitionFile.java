package dev.tiaki.lua.reference;

import java.util.List;
import java.util.Map;

/**
 * A definition file that was read.
 *
 * @param name of the file, without its ending
 * @param title of its page
 * @param module what {@code require} is given to get what the file defines; empty when it is always
 *     there
 * @param blocks in the order of the file
 * @param locals the type of each local variable that stands for one
 * @param source the text of the file
 */
public record DefinitionFile(
    String name,
    String title,
    String module,
    List<Block> blocks,
    Map<String, String> locals,
    String source) {}
