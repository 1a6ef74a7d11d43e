package dev.tiaki.lua.lib.string;

import dev.tiaki.lua.budget.RuleBudget;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Arguments;
import dev.tiaki.lua.lib.base.ToText;
import dev.tiaki.lua.text.ByteText;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code string.format}: C's printf conversions, and {@code %q}. */
final class Formatter {
  private static final String NAME = "format";

  private final RuleBudget budget;

  Formatter(RuleBudget budget) {
    this.budget = budget;
  }

  Varargs format(Varargs a) {
    LuaString format = Arguments.string(a, 1, NAME);
    BoundedBytes out = new BoundedBytes(budget, format.m_length + 32);
    int argument = 1;
    for (int i = 0; i < format.m_length; i++) {
      byte c = format.m_bytes[format.m_offset + i];
      if (c != '%') {
        out.append(c);
      } else if (i + 1 < format.m_length && format.m_bytes[format.m_offset + i + 1] == '%') {
        out.append(c);
        i++;
      } else {
        FormatSpec spec = FormatSpec.parse(format, i + 1);
        convert(out, spec, a, ++argument);
        i = spec.end() - 1;
      }
    }
    return out.toLuaString();
  }

  private static void convert(BoundedBytes out, FormatSpec spec, Varargs a, int argument) {
    switch (spec.conversion()) {
      case 's' -> text(out, spec, a, argument);
      case 'd', 'i' -> out.append(bytes(spec.signed(whole(a, argument))));
      case 'u', 'x', 'X', 'o' -> out.append(bytes(spec.unsigned(whole(a, argument))));
      case 'e', 'E', 'f', 'F', 'g', 'G' ->
          out.append(bytes(spec.floating(Arguments.number(a, argument, NAME))));
      case 'a', 'A' -> out.append(bytes(spec.hexadecimal(Arguments.number(a, argument, NAME))));
      case 'c' -> character(out, spec, (byte) whole(a, argument));
      case 'q' -> QuotedString.append(out, Arguments.string(a, argument, NAME));
      default -> throw Raised.at("invalid option '%" + spec.text() + "' to 'format'");
    }
  }

  private static long whole(Varargs a, int argument) {
    return Arguments.integer(a, argument, NAME);
  }

  private static void text(BoundedBytes out, FormatSpec spec, Varargs a, int argument) {
    LuaValue value = Arguments.any(a, argument, NAME);
    LuaString text = ToText.stringOf(value);
    if (spec.precision() >= 0 && spec.precision() < text.m_length) {
      text = text.substring(0, spec.precision());
    }
    int blanks = Math.max(0, spec.width() - text.m_length);
    pad(out, spec.left() ? 0 : blanks);
    out.append(text);
    pad(out, spec.left() ? blanks : 0);
  }

  private static void character(BoundedBytes out, FormatSpec spec, byte character) {
    int blanks = Math.max(0, spec.width() - 1);
    pad(out, spec.left() ? 0 : blanks);
    out.append(character);
    pad(out, spec.left() ? blanks : 0);
  }

  private static void pad(BoundedBytes out, int blanks) {
    for (int i = 0; i < blanks; i++) {
      out.append((byte) ' ');
    }
  }

  private static LuaString bytes(String text) {
    return ByteText.bytesOf(text);
  }
}
