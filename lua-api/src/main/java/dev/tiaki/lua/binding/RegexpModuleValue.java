package dev.tiaki.lua.binding;

import dev.tiaki.lua.fault.Raised;
import java.util.LinkedHashMap;
import java.util.Map;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A {@code regexp_module}: compiles patterns, and remembers those that {@code match} was given. */
final class RegexpModuleValue extends NativeObject {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of("CASE_INSENSITIVE", "EXTENDED");
  private static final String NAME = "regexp_module";
  private static final int MAX_REMEMBERED = 100;

  private final Bindings bindings;
  private final Map<Pattern, RegexpValue> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Pattern, RegexpValue> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  private record Pattern(LuaString text, int options) {}

  RegexpModuleValue(Bindings bindings) {
    super(new Object(), bindings.regexpModules);
    this.bindings = bindings;
  }

  static NativeClass describe() {
    return new NativeClass(NAME, ATTRIBUTES)
        .method("compile", all -> self(all, "compile").compile(all.arg(2), options(all.arg(3))))
        .method("match", RegexpModuleValue::match);
  }

  private static RegexpModuleValue self(Varargs all, String function) {
    return Arg.of(all, 1, RegexpModuleValue.class, NAME, function);
  }

  private static int options(LuaValue options) {
    return (int) Arg.integer(options, 0);
  }

  private static Varargs match(Varargs all) {
    RegexpModuleValue self = self(all, "match");
    int options = options(all.arg(4));
    RegexpValue regexp = self.remembered(all.arg(2), options);
    return regexp.match(all.arg(3), all.arg(5).toboolean(), false);
  }

  private RegexpValue remembered(LuaValue pattern, int options) {
    if (!(pattern instanceof LuaString text)) {
      return compile(pattern, options);
    }
    return remembered.computeIfAbsent(new Pattern(text, options), known -> compile(text, options));
  }

  private RegexpValue compile(LuaValue pattern, int options) {
    if (pattern.isnil()) {
      throw Raised.plain("nil argument");
    }
    if (!pattern.isstring()) {
      throw Raised.plain("expected 'string' got '" + pattern.typename() + "'");
    }
    return new RegexpValue(bindings, CompiledRegexp.compile(pattern.strvalue(), options));
  }

  @Override
  protected LuaValue read(int attribute) {
    return LuaValue.valueOf(attribute + 1);
  }
}
