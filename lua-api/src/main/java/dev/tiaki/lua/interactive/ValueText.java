package dev.tiaki.lua.interactive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.runtime.LuaRuntime;
import java.io.ByteArrayOutputStream;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Collects what a line of a session shows: values, pretty printed, and what it printed itself. */
public final class ValueText {
  /** More of it tells nobody anything; a capture's worth of text would fill the memory. */
  private static final int MOST_BYTES = 256 * 1024;

  private final LuaRuntime runtime;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final int depth;
  private boolean cut;

  /**
   * Makes an empty text.
   *
   * @param depth how many tables inside each other are shown; deeper ones show their title
   */
  public ValueText(LuaRuntime runtime, int depth) {
    this.runtime = runtime;
    this.depth = depth;
  }

  void begin() {
    text.reset();
    cut = false;
  }

  /** Returns what was collected since the beginning, and forgets it. */
  public String end() {
    String collected = text.toString(UTF_8) + (cut ? "…\n" : "");
    text.reset();
    return collected;
  }

  /** Writes the values of a line, each on lines of its own; nothing for none. */
  public Varargs show(Varargs results) {
    LuaValue pprint = runtime.globals().get("debug").get("pprint");
    for (int i = 1; i <= results.narg(); i++) {
      LuaTable options = new LuaTable();
      options.rawset("depth", LuaValue.valueOf(depth));
      options.rawset("hide", runtime.globals().get("debug").get("hide_underscore"));
      options.rawset("out", Builtin.of("out", this::print));
      if (pprint.isfunction()) {
        pprint.call(results.arg(i), options);
      } else {
        print(results.arg(i));
      }
    }
    return LuaValue.NONE;
  }

  /** As Lua's {@code print} does it, with one space between values. */
  Varargs print(Varargs values) {
    LuaValue spell = runtime.globals().get("tostring");
    for (int i = 1; i <= values.narg(); i++) {
      if (i > 1) {
        add(' ');
      }
      LuaString spelled = spell.call(values.arg(i)).checkstring();
      for (int at = 0; at < spelled.m_length; at++) {
        add(spelled.m_bytes[spelled.m_offset + at]);
      }
    }
    add('\n');
    return LuaValue.NONE;
  }

  private void add(int octet) {
    if (text.size() < MOST_BYTES) {
      text.write(octet);
    } else {
      cut = true;
    }
  }
}
