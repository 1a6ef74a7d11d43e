package dev.tiaki.lua.grammar;

import dev.tiaki.lua.fault.Raised;
import dev.tiaki.lua.lib.Builtin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The words that definitions use, but those about the grammar that is being defined. */
final class GrammarWords {
  private static final LuaString DEFAULT = LuaString.valueOf("default");
  private static final int MAX_NUMBER_BITS = 64;
  private static final String[] CLASSES = {
    "Entity",
    "Compound",
    "Record",
    "Sequence",
    "Union",
    "Try",
    "Branch",
    "Array",
    "Number",
    "Bytes",
    "Bits",
    "Token",
    "Execute",
    "Retain",
    "Release",
    "Empty",
    "Error"
  };

  private final EntityMethods methods = new EntityMethods();
  private final LuaTable words = new LuaTable();

  GrammarWords(LuaTable converters) {
    word("record", all -> new Kind.Parts(entities(all.arg1()), true, new LuaTable()));
    word("sequence", all -> new Kind.Parts(entities(all.arg1()), false, new LuaTable()));
    word("union", all -> new Kind.Union(entities(all.arg1())));
    word("try", all -> new Kind.Try(entities(all.arg1())));
    word("branch", GrammarWords::branch);
    word("optional", GrammarWords::optional);
    word("array", all -> new Kind.Array(EntityMethods.entity(all.arg1()), null, null));
    word("number", GrammarWords::number);
    word("token", all -> new Kind.Token(all.checkstring(1), false));
    word("raw_token", all -> new Kind.Token(all.checkstring(1), true));
    word("bytes", all -> new Kind.Bytes(null, null, null));
    word("align", all -> new Kind.Align(all.checkint(1)));
    word("execute", all -> new Kind.Execute(all.checkfunction(1), null));
    word("verify", all -> new Kind.Execute(all.checkfunction(1), all.arg(2)));
    word("empty", all -> new Kind.Empty());
    word("fail", all -> new Kind.Fail(all.arg1()));
    Builtin.add(words, "field", GrammarWords::field);
    Entity bit = new Entity(methods, new Kind.Digits(1, false));
    words.rawset("flag", bit.with(bit.traits().converted(converters.get("bool"), false)));
    Entity text = new Entity(methods, new Kind.Bytes(null, null, null));
    words.rawset("text", text.with(text.traits().converted(converters.get("string"), true)));
    words.rawset("converter", converters);
    for (String name : CLASSES) {
      LuaTable placeholder = new LuaTable();
      placeholder.rawset("name", LuaString.valueOf(name));
      words.rawset(name, placeholder);
    }
  }

  /** Makes the kind that a word stands for. */
  @FunctionalInterface
  private interface Making {
    Kind of(Varargs all);
  }

  private void word(String name, Making making) {
    Builtin.add(words, name, all -> new Entity(methods, making.of(all)));
  }

  /** Returns the word, or nil. */
  LuaValue word(LuaValue name) {
    return words.rawget(name);
  }

  /** Returns a reference to the rule of that name. */
  Entity reference(String rule) {
    return new Entity(methods, new Kind.Reference(rule));
  }

  private static List<Entity> entities(LuaValue list) {
    if (!list.istable()) {
      throw Raised.at("table of grammar entities expected, got " + list.typename());
    }
    List<Entity> entities = new ArrayList<>();
    for (int i = 1; !list.get(i).isnil(); i++) {
      entities.add(EntityMethods.entity(list.get(i)));
    }
    return entities;
  }

  private static Kind branch(Varargs all) {
    LuaTable table = all.checktable(1);
    List<Kind.Case> cases = new ArrayList<>();
    for (LuaValue key : table.keys()) {
      if (!key.raweq(DEFAULT)) {
        cases.add(new Kind.Case(key, EntityMethods.entity(table.rawget(key))));
      }
    }
    LuaValue rest = table.rawget(DEFAULT);
    boolean continues = rest.isstring() && rest.tojstring().equals("continue");
    return new Kind.Branch(cases, otherwise(rest), !continues, all.checkfunction(2));
  }

  private static @Nullable Entity otherwise(LuaValue rest) {
    return rest.isnil() || rest.isstring() ? null : EntityMethods.entity(rest);
  }

  private static Kind optional(Varargs all) {
    Kind.Case present = new Kind.Case(LuaValue.TRUE, EntityMethods.entity(all.arg1()));
    return new Kind.Branch(List.of(present), null, false, all.checkfunction(2));
  }

  private static Kind number(Varargs all) {
    int bits = all.checkint(1);
    if (bits < 1 || bits > MAX_NUMBER_BITS) {
      throw Raised.at("number of 1 to " + MAX_NUMBER_BITS + " bits expected, got " + bits);
    }
    LuaValue endian = all.arg(2);
    return new Kind.Digits(bits, !endian.isnil() && !endian.tojstring().equals("big"));
  }

  private static Varargs field(Varargs all) {
    Entity entity = EntityMethods.entity(all.arg(2));
    return entity.with(entity.traits().named(all.checkstring(1)));
  }
}
