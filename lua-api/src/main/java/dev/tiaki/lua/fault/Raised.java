package dev.tiaki.lua.fault;

import dev.tiaki.lua.text.ByteText;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * An error that Lua code or a library raised. Where a position is wanted, it is put in front of the
 * message when somebody asks for the value: finding it costs some microseconds.
 */
public class Raised extends LuaError {
  private static final long serialVersionUID = 1L;

  private final transient LuaValue raw;
  private final int shownLevel;
  private transient @Nullable LuaValue value;

  /**
   * Raises a value.
   *
   * @param value any Lua value
   * @param level whose position a message gets: 0 none, 1 the function that called the library
   *     function, 2 its caller, and so on
   */
  public Raised(LuaValue value, int level) {
    super("");
    this.raw = value;
    this.shownLevel = level;
  }

  /** Raises a message with the position of the Lua code that called the library function. */
  public static Raised at(String message) {
    return new Raised(ByteText.bytesOf(message), 1);
  }

  /** Raises a message as it is, without a position, as native objects do. */
  public static Raised plain(String message) {
    return new Raised(LuaString.valueOf(message), 0);
  }

  /** Returns what {@code pcall} gives. */
  public LuaValue value() {
    LuaValue known = value;
    if (known == null) {
      known = raw instanceof LuaString text && shownLevel > 0 ? positioned(text) : raw;
      value = known;
    }
    return known;
  }

  private LuaValue positioned(LuaString text) {
    List<LuaFrame> frames = LuaTrace.of(this);
    // a library function called from Java, not from Lua, has no level of its own
    int index = !frames.isEmpty() && frames.getFirst().isLibrary() ? shownLevel : shownLevel - 1;
    String position = index < frames.size() ? frames.get(index).position() : "";
    return position.isEmpty() ? text : ByteText.bytesOf(position + ": " + ByteText.of(text));
  }

  @Override
  public LuaValue getMessageObject() {
    return value();
  }

  @Override
  public String getMessage() {
    // the constructor of Throwable's subclasses may ask before the fields are set
    return raw == null ? "" : value().tojstring();
  }
}
