package dev.tiaki.lua.binding;

import dev.tiaki.engine.regexp.Regexp;
import dev.tiaki.engine.regexp.RegexpOptions;
import dev.tiaki.engine.regexp.RegexpSyntaxException;
import dev.tiaki.lua.budget.RuleBudget;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaString;

/** A pattern as rules write it, {@code %} being what escapes, compiled. */
public final class CompiledRegexp {
  private static final int CASE_INSENSITIVE = 1;
  private static final int EXTENDED = 2;

  /** What a step that the automaton had not made before costs: some 30 ns. */
  private static final int TICKS_PER_STEP = 4;

  /** Bytes that are searched for the price of one instruction of a rule. */
  private static final int BYTES_PER_TICK = 8;

  private final Regexp regexp;
  private long charged;

  private CompiledRegexp(Regexp regexp) {
    this.regexp = regexp;
  }

  /**
   * Compiles a pattern.
   *
   * @param options bits: 1 for letters in any case, 2 for white space that does not count
   * @throws Raised {@code PCRE compilation failed with error '%s' at offset %d}
   */
  public static CompiledRegexp compile(LuaString pattern, int options) {
    byte[] bytes = ByteText.copyOf(pattern);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        bytes[i++] = '\\';
      }
    }
    boolean anyCase = (options & CASE_INSENSITIVE) != 0;
    boolean extended = (options & EXTENDED) != 0;
    try {
      return new CompiledRegexp(Regexp.compile(bytes, new RegexpOptions(anyCase, extended)));
    } catch (RegexpSyntaxException e) {
      throw Raised.plain(
          "PCRE compilation failed with error '" + e.reason() + "' at offset " + e.offset());
    }
  }

  /** Returns what runs the pattern. */
  public Regexp regexp() {
    return regexp;
  }

  /** Lets the running rule pay for a search of that many bytes. */
  public void charge(RuleBudget budget, int bytes) {
    long work = regexp.work();
    long steps = (work - charged) * TICKS_PER_STEP + bytes / BYTES_PER_TICK + 1;
    charged = work;
    budget.work((int) Math.min(Integer.MAX_VALUE / 2, steps));
  }
}
