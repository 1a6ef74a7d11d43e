package dev.tiaki.lua.haka;

import dev.tiaki.engine.rule.OnRuleError;
import dev.tiaki.lua.binding.AttributeNames;
import dev.tiaki.lua.binding.Members;
import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import dev.tiaki.lua.text.ByteText;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** A rule as the rule file that registered it has it: to be watched, and turned on and off. */
final class RuleObject extends LuaTable implements Members {
  private static final AttributeNames ATTRIBUTES =
      AttributeNames.of(
          "name",
          "event",
          "location",
          "type",
          "enabled",
          "hits",
          "errors",
          "mode",
          "on_error",
          "withheld",
          "seconds");
  private static final double NANOS_PER_SECOND = 1e9;

  private final RuleEntry entry;

  RuleObject(RuleEntry entry) {
    this.entry = entry;
    Builtin.add(this, "enable", all -> turn(true));
    Builtin.add(this, "disable", all -> turn(false));
  }

  private LuaValue turn(boolean on) {
    entry.setEnabled(on);
    return NIL;
  }

  @Override
  public List<String> memberNames() {
    return ATTRIBUTES.names();
  }

  @Override
  public LuaValue get(LuaValue key) {
    int attribute = ATTRIBUTES.indexOf(key);
    return attribute < 0 ? super.get(key) : read(attribute);
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    if (ATTRIBUTES.indexOf(key) >= 0) {
      throw Raised.plain("'" + key.tojstring() + "' of a rule can only be read");
    }
    super.set(key, value);
  }

  private LuaValue read(int attribute) {
    return switch (attribute) {
      case 0 -> text(entry.name());
      case 1 -> text(entry.event());
      case 2 -> text(entry.location());
      case 3 -> text(entry.isGroup() ? "group" : "simple");
      case 4 -> valueOf(entry.isEnabled());
      case 5 -> valueOf((double) entry.hits());
      case 6 -> valueOf((double) entry.errors());
      case 7 -> text(entry.mode().name().toLowerCase(Locale.ROOT));
      case 8 -> text(onError());
      case 9 -> valueOf((double) entry.withheld());
      default -> valueOf(entry.nanos() / NANOS_PER_SECOND);
    };
  }

  private @Nullable String onError() {
    OnRuleError policy = entry.onError();
    return policy == null ? null : policy.name().toLowerCase(Locale.ROOT);
  }

  private static LuaValue text(@Nullable String text) {
    return text == null ? NIL : ByteText.bytesOf(text);
  }
}
