package dev.tiaki.lua.grammar;

import dev.tiaki.engine.buffer.VirtualBuffer;
import dev.tiaki.lua.lib.Builtin;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * What a record was parsed to: a class instance whose fields stand in the buffer. Fields that rules
 * add to it are kept in the table itself and hide those of the grammar.
 */
final class ResultTable extends LuaTable {
  private static final LuaString PROPERTIES = LuaString.valueOf("__property");
  private static final LuaString ADD_PROPERTY = LuaString.valueOf("addproperty");
  private static final LuaString VALIDATE = LuaString.valueOf("validate");
  private static final LuaString VALIDATIONS = LuaString.valueOf("_validate");
  private static final LuaString PARENT = LuaString.valueOf("_parent");
  private static final LuaString USER = LuaString.valueOf("_user");
  private static final LuaString SUB = LuaString.valueOf("_sub");
  private static final Builtin ADD = Builtin.of("addproperty", ResultTable::addProperty);

  private final Validations validations;
  private final LuaValue user;
  private final LuaValue parent;
  private LuaString[] names = new LuaString[8];
  private Field[] fields = new Field[8];
  private int count;
  private @Nullable Builtin validate;
  private boolean ordinary;
  private @Nullable LuaTable properties;
  private @Nullable LuaValue range;
  private @Nullable ElementSource elements;

  ResultTable(Validations validations, LuaValue user, LuaValue parent) {
    this.validations = validations;
    this.user = user;
    this.parent = parent;
  }

  /** Says that no class of a rule file has a say in what assigning to the result does. */
  void setOrdinary() {
    ordinary = true;
  }

  /** Lets rules compute what waits to be computed: this is the outermost result. */
  void allowValidation() {
    validate =
        Builtin.of(
            "validate",
            all -> {
              validations.run();
              return NONE;
            });
  }

  boolean allowsEdit(VirtualBuffer buffer) {
    return validations.allowsEdit(buffer);
  }

  /** Adds a field; a later one hides an earlier one of the same name. */
  void add(LuaString name, Field field) {
    properties = null;
    int index = indexOf(name);
    if (index >= 0) {
      fields[index] = field;
      return;
    }
    if (count == names.length) {
      names = Arrays.copyOf(names, count * 2);
      fields = Arrays.copyOf(fields, count * 2);
    }
    names[count] = name;
    fields[count++] = field;
  }

  private int indexOf(LuaValue key) {
    for (int i = 0; i < count; i++) {
      if (names[i] == key) {
        return i;
      }
    }
    if (key instanceof LuaString text) {
      for (int i = 0; i < count; i++) {
        if (names[i].raweq(text)) {
          return i;
        }
      }
    }
    return -1;
  }

  /** Marks a field that can be computed as one that has to be. */
  void compute(LuaString name) {
    int index = indexOf(name);
    if (index >= 0 && fields[index].isComputable()) {
      fields[index].set(validations, this, NIL);
    }
  }

  /** Takes over what a case that succeeded parsed. */
  void merge(ResultTable other) {
    LuaValue key = NIL;
    for (Varargs entry = other.next(key); !entry.arg1().isnil(); entry = other.next(key)) {
      key = entry.arg1();
      rawset(key, entry.arg(2));
    }
    for (int i = 0; i < other.count; i++) {
      add(other.names[i], other.fields[i]);
    }
  }

  /** Returns where the bytes of the element of an array are, or null. */
  @Nullable LuaValue range() {
    return range;
  }

  void setRange(LuaValue bytes) {
    range = bytes;
  }

  /** Returns what makes elements of the array that this is, or null. */
  @Nullable ElementSource elements() {
    return elements;
  }

  void setElements(ElementSource source) {
    elements = source;
  }

  @Override
  public LuaValue get(LuaValue key) {
    LuaValue raw = super.rawget(key);
    if (!raw.isnil()) {
      return raw;
    }
    int index = indexOf(key);
    if (index >= 0) {
      return fields[index].get(validations, this);
    }
    if (key instanceof LuaString name) {
      LuaValue special = special(name);
      if (special != null) {
        return special;
      }
    }
    return super.get(key);
  }

  private @Nullable LuaValue special(LuaString name) {
    if (name.raweq(ADD_PROPERTY)) {
      return ADD;
    }
    if (name.raweq(VALIDATE)) {
      return validate;
    }
    if (name.m_length == 0 || name.luaByte(0) != '_') {
      return null;
    }
    if (name.raweq(PARENT)) {
      return parent;
    }
    if (name.raweq(USER)) {
      return user;
    }
    if (name.raweq(SUB)) {
      return range;
    }
    return name.raweq(VALIDATIONS) ? new LuaTable() : null;
  }

  @Override
  public void set(LuaValue key, LuaValue value) {
    int index = indexOf(key);
    if (index >= 0 && super.rawget(key).isnil()) {
      fields[index].set(validations, this, value);
    } else if (ordinary) {
      rawset(key, value);
    } else {
      super.set(key, value);
    }
  }

  /** Shows the fields as class instances show their properties. */
  @Override
  public LuaValue rawget(LuaValue key) {
    if (key instanceof LuaString name && count > 0 && name.raweq(PROPERTIES)) {
      return properties();
    }
    return super.rawget(key);
  }

  private LuaTable properties() {
    LuaTable known = properties;
    if (known == null) {
      known = new LuaTable();
      for (int i = 0; i < count; i++) {
        known.rawset(names[i], property(fields[i]));
      }
      properties = known;
    }
    return known;
  }

  private LuaTable property(Field field) {
    LuaTable property = new LuaTable();
    Builtin.add(property, "get", all -> field.get(validations, all.arg1()));
    Builtin.add(
        property,
        "set",
        all -> {
          field.set(validations, all.arg1(), all.arg(2));
          return NONE;
        });
    return property;
  }

  private static Varargs addProperty(Varargs all) {
    if (all.arg1() instanceof ResultTable self) {
      self.add(all.checkstring(2), new FunctionField(all.arg(3), all.arg(4)));
    }
    return NONE;
  }
}
